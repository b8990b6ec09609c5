SELECT severity, code, sum(occurrences), count(*) FROM finding GROUP BY severity, code ORDER BY severity, code;
