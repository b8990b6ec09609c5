-- Records that ingest could not read, by what was wrong with them: each has one rejecting finding and no row.
INSERT INTO account (source, area, status, reason, rows)
SELECT source, '', 'unreadable', code, sum(occurrences) FROM ingested.finding
WHERE source IS NOT NULL AND row IS NULL AND severity = 'reject'
GROUP BY source, code ORDER BY source, code
