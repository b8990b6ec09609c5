SELECT variable.variable, label, type, unit, least, most, required,
	EXISTS (SELECT 1 FROM pragma_table_info('respondents') WHERE name = variable.variable),
	source, level, polarity,
	EXISTS (SELECT 1 FROM routed WHERE routed.variable = variable.variable)
FROM variable ORDER BY position, variable.variable
