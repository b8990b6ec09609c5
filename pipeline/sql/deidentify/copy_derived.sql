INSERT INTO variable
SELECT variable, (SELECT coalesce(max(position), 0) FROM variable) + position, label, NULL, type, level, unit, polarity, domain,
	'none', least, most, 0, source, ''
FROM derived.derived;
INSERT INTO code SELECT variable, position, code, label FROM derived.derived_code;
INSERT INTO reason SELECT variable, reason FROM derived.derived_reason;
