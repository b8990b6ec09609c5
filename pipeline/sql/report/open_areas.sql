SELECT coalesce(j.area, ''), sum(f.occurrences)
FROM finding AS f JOIN judgement AS j ON j.row = f.row
WHERE f.code = :code AND f.severity = :severity AND f.finding NOT IN (SELECT finding FROM temp.settled)
GROUP BY 1 ORDER BY 2 DESC, 1;
