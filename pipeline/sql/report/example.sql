-- A finding that a steward may want to decide about: a blanked answer before a rejected row before any other. Only an answer can
-- be corrected.
SELECT
	identity, code,
	iif(severity = 'blank', 'correct', 'accept'),
	iif(severity = 'blank', 'VALUE', ''),
	iif(severity = 'blank', 'the paper form says so', 'looked at and known')
FROM finding
ORDER BY severity = 'blank' DESC, severity = 'reject' DESC, finding LIMIT 1;
