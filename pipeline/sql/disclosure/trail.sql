SELECT 'Policy: ' || replace(item, '_', ' '), value FROM protected.policy
UNION ALL SELECT 'Audit: method', value FROM audited.verdict WHERE item = 'method'
UNION ALL SELECT 'Audited, with SHA-256: ' || name, sha256 FROM audited.input
