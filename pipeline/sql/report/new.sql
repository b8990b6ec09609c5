-- The first new findings, the gravest first.
SELECT f.identity, f.code, f.severity, i.name, f.line, f.record, coalesce(f.rule, f.variable)
FROM finding AS f LEFT JOIN ingested.source AS i ON i.source = f.source
WHERE NOT EXISTS (SELECT 1 FROM temp.seen AS s WHERE s.identity = f.identity AND s.code = f.code)
ORDER BY f.severity = 'reject' DESC, f.severity = 'blank' DESC, f.severity = 'warn' DESC, f.finding LIMIT :places;
