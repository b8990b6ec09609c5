SELECT row, code, severity, identity, coalesce(rule, variable) FROM finding ORDER BY row, finding
