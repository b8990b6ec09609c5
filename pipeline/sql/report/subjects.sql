-- What the findings of one code are about: variables, rules or headers, the most frequent first.
SELECT coalesce(rule, variable), rule IS NOT NULL, sum(occurrences), min(expected), count(DISTINCT expected)
FROM finding WHERE code = :code AND severity = :severity AND coalesce(rule, variable) IS NOT NULL
GROUP BY rule, variable ORDER BY sum(occurrences) DESC, coalesce(rule, variable), variable;
