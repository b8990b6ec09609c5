INSERT INTO result (result, analysis, dataset, statistic, outcome, category, area, across, method, level, weight, status,
	reason, flags, denominator)
VALUES (:id, :analysis, :dataset, :statistic, :outcome, :category, :area, :across, :method, :level, :weight, :status,
	:reason, :flags, :denominator)
