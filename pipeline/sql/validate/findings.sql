-- What ingest found comes first, in its order.
INSERT INTO finding (identity, code, severity, source, row, line, record, variable, rule, key, value, expected, suggestion, occurrences)
SELECT identity, code, severity, source, row, line, record, variable, rule, key, value, expected, suggestion, occurrences
FROM ingested.finding ORDER BY finding
