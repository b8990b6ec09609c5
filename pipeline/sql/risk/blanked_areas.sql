-- How much of each key was blanked in each area.
SELECT coalesce((SELECT code.label FROM code JOIN variable AS place USING (variable) WHERE place.role = 'area' AND code.code = utility.area),
		utility.area),
	variable.label, n, after
FROM utility JOIN variable USING (variable)
WHERE statistic = 'blanked' AND area <> ''
ORDER BY area, variable.key
