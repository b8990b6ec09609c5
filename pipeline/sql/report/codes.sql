SELECT severity, code, sum(occurrences), count(*), sum(iif(t.finding IS NULL, occurrences, 0))
FROM finding AS f LEFT JOIN temp.settled AS t ON t.finding = f.finding
GROUP BY severity, code ORDER BY severity, code;
