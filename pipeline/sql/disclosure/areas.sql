-- Figures of one area, or of all: how many, and how many of them are hidden; the people behind its counts, and behind those that
-- are hidden. In the order in which results name the areas.
WITH counted AS (
	SELECT r.area, d.cell, d.n, min(r.status = 'hidden') AS hidden
	FROM withheld.figure AS f
	JOIN withheld.result AS r USING (result)
	JOIN main.figure AS own ON own.figure = f.figure
	JOIN protected.decision AS d ON d.cell = own.numerator
	WHERE own.denominator IS NULL AND own.numerator_measure IS NULL AND r.status <> 'refused' AND r.comparator IS NULL
		AND d.rule <> 'not_confidential'
	GROUP BY 1, 2
)
SELECT r.area, count(*), sum(r.status = 'hidden'),
	(SELECT sum(n) FROM counted AS c WHERE c.area IS r.area), (SELECT sum(n * hidden) FROM counted AS c WHERE c.area IS r.area)
FROM withheld.figure AS f
JOIN withheld.result AS r USING (result)
WHERE r.status <> 'refused' AND r.comparator IS NULL
GROUP BY r.area
ORDER BY r.area IS NULL, min(r.result)
