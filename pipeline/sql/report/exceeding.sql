-- What is open, by code and what it is about, the most frequent first: what the limits count.
SELECT code, severity, coalesce(rule, variable), sum(occurrences)
FROM finding WHERE finding NOT IN (SELECT finding FROM temp.settled)
GROUP BY code, severity, coalesce(rule, variable)
ORDER BY sum(occurrences) DESC, code, severity, coalesce(rule, variable);
