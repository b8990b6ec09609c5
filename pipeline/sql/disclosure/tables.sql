-- Each table: its figures, those that are hidden, and the cells behind them that are hidden for their own sake or for others'.
WITH hidden AS (
	SELECT DISTINCT e.arrangement, d.cell, d.rule <> 'secondary' AS own
	FROM withheld.entry AS e
	JOIN withheld.figure AS f USING (figure)
	JOIN withheld.rests AS rest ON rest.result = f.result
	JOIN protected.decision AS d ON d.cell = rest.cell AND d.status = 'hidden'
), counted AS ( -- counts of people that the table would print
	SELECT e.arrangement, d.cell, d.n, min(r.status = 'hidden') AS hidden
	FROM withheld.entry AS e
	JOIN withheld.figure AS f USING (figure)
	JOIN withheld.result AS r ON r.result = f.result
	JOIN main.figure AS own ON own.figure = f.figure
	JOIN protected.decision AS d ON d.cell = own.numerator
	WHERE own.denominator IS NULL AND own.numerator_measure IS NULL AND r.status <> 'refused' AND d.rule <> 'not_confidential'
	GROUP BY 1, 2
)
SELECT a.name, a.title, count(*), sum(r.status = 'hidden'), sum(r.status = 'refused'),
	(SELECT count(*) FROM hidden AS h WHERE h.arrangement = a.arrangement AND h.own),
	(SELECT count(*) FROM hidden AS h WHERE h.arrangement = a.arrangement AND NOT h.own),
	(SELECT sum(n) FROM counted AS c WHERE c.arrangement = a.arrangement),
	(SELECT sum(n * hidden) FROM counted AS c WHERE c.arrangement = a.arrangement)
FROM withheld.arrangement AS a
JOIN withheld.entry AS e USING (arrangement)
JOIN withheld.figure AS f USING (figure)
JOIN withheld.result AS r ON r.result = f.result
GROUP BY a.arrangement
ORDER BY a.arrangement
