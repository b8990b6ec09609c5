-- The variable that says the area: its codes are the areas, and the table respondents holds it as the column area only.
SELECT variable FROM variable
WHERE (variable = 'area' OR NOT EXISTS (SELECT 1 FROM pragma_table_info('respondents') WHERE name = variable.variable))
	AND NOT EXISTS (SELECT code FROM area EXCEPT SELECT code FROM code WHERE code.variable = variable.variable)
	AND NOT EXISTS (SELECT code FROM code WHERE code.variable = variable.variable EXCEPT SELECT code FROM area)
ORDER BY variable = 'area' DESC, position
LIMIT 1
