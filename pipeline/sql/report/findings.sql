SELECT identity, code, severity, s.name, line, record, key, variable, rule, value, expected, suggestion, occurrences
FROM finding AS f LEFT JOIN ingested.source AS s ON s.source = f.source ORDER BY finding;
