-- The columns of the analysis table, and the weight, which is no variable of it: of those that are kept, the one that is none.
SELECT variable, label, question, type, level, unit, polarity, domain, least, most, source, role, stored, wish FROM (
	SELECT position, variable.variable, label, question, type, level, unit, polarity, domain, least, most, source,
		iif(role IN ('area', 'wave'), role, '') AS role, iif(role = 'area', 'area', variable.variable) AS stored, wish
	FROM variable LEFT JOIN microdata USING (variable)
	WHERE iif(role = 'area', 'area', variable.variable) IN (SELECT name FROM pragma_table_info('respondents'))
	UNION ALL
	SELECT (SELECT max(position) + 1 FROM variable), 'weight', 'How many the record stands for', NULL, 'number', 'amount', NULL, NULL,
		NULL, 0, NULL, NULL, 'weight', 'weight', 
		(SELECT wish FROM microdata JOIN treatment USING (variable)
			WHERE treatment = 'kept' AND variable NOT IN (SELECT variable FROM variable))
	WHERE EXISTS (SELECT 1 FROM respondents WHERE weight IS NOT NULL)
) ORDER BY position, variable
