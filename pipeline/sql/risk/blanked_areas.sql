SELECT coalesce((SELECT label FROM code JOIN variable USING (variable) WHERE role = 'area' AND code = utility.area), area),
	variable.label, n, after
FROM utility JOIN variable USING (variable)
WHERE statistic = 'blanked' AND area <> ''
ORDER BY area, variable.key
