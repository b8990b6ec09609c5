SELECT coalesce(s.name, ''), sum(f.occurrences)
FROM finding AS f LEFT JOIN ingested.source AS s ON s.source = f.source
WHERE f.code = :code AND f.severity = :severity AND f.finding NOT IN (SELECT finding FROM temp.settled)
GROUP BY f.source ORDER BY 2 DESC, f.source;
