-- The trail, from the policy to the verdict: what, which.
SELECT what, which FROM (
	SELECT 1 AS part, 'Policy: ' || replace(item, '_', ' ') AS what, value AS which FROM protected.policy
	UNION ALL SELECT 2, 'compare: program version', value FROM main.provenance WHERE item = 'version'
	UNION ALL SELECT 2, 'compare read, by SHA-256: ' || name, sha256 FROM main.input
	UNION ALL SELECT 3, 'protect: program version', value FROM protected.provenance WHERE item = 'version'
	UNION ALL SELECT 3, 'protect read, by SHA-256: ' || name, sha256 FROM protected.input
	UNION ALL SELECT 4, 'withhold: program version', value FROM withheld.provenance WHERE item = 'version'
	UNION ALL SELECT 4, 'withhold read, by SHA-256: ' || name, sha256 FROM withheld.input
	UNION ALL SELECT 5, 'audit: program version', value FROM audited.provenance WHERE item = 'version'
	UNION ALL SELECT 5, 'audit read, by SHA-256: ' || name, sha256 FROM audited.input
	UNION ALL SELECT 6, 'Verdict: ' || replace(item, '_', ' '), iif(item <> 'passed', value, iif(value = '1', 'yes', 'no'))
	FROM audited.verdict
)
ORDER BY part, what
