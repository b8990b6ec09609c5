-- The counts of people that the tables would print, by the level that their line is of, and those that they do not print.
WITH counted AS (
	SELECT CASE
			WHEN r.comparator = 'rest' THEN 'rest'
			WHEN l.kind IN ('group', 'region', 'country') THEN l.kind
			WHEN r.area IS NULL THEN 'all'
			ELSE 'area' END AS level,
		d.cell, d.n, min(r.status = 'hidden') AS hidden
	FROM withheld.entry AS e
	JOIN withheld.arrangement_line AS l ON l.arrangement = e.arrangement AND l.position = e.line
	JOIN withheld.figure AS f USING (figure)
	JOIN withheld.result AS r ON r.result = f.result
	JOIN main.figure AS own ON own.figure = f.figure
	JOIN protected.decision AS d ON d.cell = own.numerator
	WHERE own.denominator IS NULL AND own.numerator_measure IS NULL AND r.status <> 'refused' AND d.rule <> 'not_confidential'
	GROUP BY 1, 2
)
SELECT level, count(*), sum(hidden), sum(n), sum(n * hidden) FROM counted GROUP BY level
ORDER BY CASE level WHEN 'all' THEN 1 WHEN 'country' THEN 2 WHEN 'region' THEN 3 WHEN 'group' THEN 4 WHEN 'area' THEN 5 ELSE 6 END
