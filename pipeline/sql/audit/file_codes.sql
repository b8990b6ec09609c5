-- Each code of the file with what it stands for in the tables: itself, where nothing says otherwise.
SELECT variable, position, label, coalesce(stands_for.code, code.code), code.code
FROM code
LEFT JOIN stands_for USING (variable, position)
ORDER BY variable, position, stands_for.code
