SELECT v.position - 1, c.code, c.label
FROM code c JOIN variable v USING (variable) ORDER BY v.position, c.position
