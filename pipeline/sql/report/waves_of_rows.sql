-- The rows again, by the wave that stands in each; rows that could not be read by that of their file. The hole is the
-- wave's column, quoted.
SELECT a.source,
       coalesce((SELECT m.code FROM ingested.meaning AS m
                 WHERE m.source = a.source AND m.variable = :variable AND m.exported = a.told LIMIT 1), a.told, s.wave, ''),
       coalesce(a.area, ''), a.status, count(*)
FROM (SELECT w.source, j.area, j.status, nullif(w.{{column}}, '') AS told
      FROM judgement AS j JOIN ingested.answers AS w ON w.row = j.row) AS a
     JOIN ingested.source AS s ON s.source = a.source
GROUP BY 1, 2, 3, 4
UNION ALL
SELECT u.source, coalesce(s.wave, ''), u.area, u.status, sum(u.rows)
FROM account AS u JOIN ingested.source AS s ON s.source = u.source
WHERE u.status = 'unreadable' GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;
