-- Figures of all areas together that changed, before and after; the parts of several codes with the code's label.
SELECT statistic, variable.label,
	coalesce((SELECT code.label FROM code WHERE statistic = 'share' AND code.variable = utility.variable AND code.code = other),
		(SELECT second.label FROM variable AS second WHERE second.variable = other), other),
	n, before, after
FROM utility JOIN variable USING (variable)
WHERE statistic <> 'blanked' AND area = '' AND before IS NOT after
ORDER BY statistic = 'correlation', position, statistic, other
