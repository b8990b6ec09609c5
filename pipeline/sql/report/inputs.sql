-- What validate and ingest read. Validate's own input, ingested.db, is among them.
SELECT 'ingest', name, role, bytes, sha256 FROM ingested.input
UNION ALL SELECT 'validate', name, role, bytes, sha256 FROM input ORDER BY 1, 2;
