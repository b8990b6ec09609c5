SELECT variable, record, value, reason FROM derivable
ORDER BY variable, record
