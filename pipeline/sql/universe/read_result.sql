SELECT result, analysis, dataset, statistic, outcome, category, area, across, method, level, weight, status, reason, flags,
	denominator, comparator, family, family_size, seed
FROM result ORDER BY result
