INSERT INTO result (result, analysis, dataset, statistic, outcome, category, area, across, comparator, method, level,
	weight, family, family_size, seed, status, reason, flags, denominator)
VALUES (:id, :analysis, :dataset, :statistic, :outcome, :category, :area, :across, :comparator, :method,
	:level, :weight, :family, :family_size, :seed, :status, :reason, :flags, :denominator)
