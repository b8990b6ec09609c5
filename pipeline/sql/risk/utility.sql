SELECT statistic, variable.label,
	CASE statistic WHEN 'share' THEN coalesce((SELECT label FROM code WHERE code.variable = utility.variable AND code = other), other)
		ELSE coalesce((SELECT label FROM variable AS second WHERE second.variable = other), other) END,
	n, before, after
FROM utility JOIN variable USING (variable)
WHERE statistic <> 'blanked' AND area = ''
ORDER BY statistic = 'correlation', position, statistic, other
