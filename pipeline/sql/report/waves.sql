-- The rows again, by the wave that each export is of.
SELECT a.source, coalesce(s.wave, ''), a.area, a.status, sum(a.rows)
FROM account AS a JOIN ingested.source AS s ON s.source = a.source
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
