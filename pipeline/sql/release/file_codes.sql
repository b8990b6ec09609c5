SELECT variable, position, coalesce(stands_for.code, code.code), code.code, label
FROM code
LEFT JOIN stands_for USING (variable, position)
ORDER BY variable, position, stands_for.code
