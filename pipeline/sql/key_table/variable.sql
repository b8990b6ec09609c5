-- What the table of records holds of a variable: :table is respondents or records.
SELECT label, coalesce(unit, ''), level, type,
	role = 'area' AND :table = 'respondents',
	EXISTS (SELECT 1 FROM pragma_table_info(:table)
		WHERE name = iif(role = 'area' AND :table = 'respondents', 'area', variable.variable))
FROM variable WHERE variable = :variable
