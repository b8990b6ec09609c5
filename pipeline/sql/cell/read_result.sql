SELECT result, analysis, dataset, statistic, outcome, category, area, across, method, level, weight, status, reason, flags,
	denominator
FROM result ORDER BY result
