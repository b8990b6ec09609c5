SELECT variable, record, reason FROM missing ORDER BY variable, record
