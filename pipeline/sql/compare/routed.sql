SELECT variable FROM routed ORDER BY variable
