INSERT INTO variable
SELECT variable, (SELECT coalesce(max(position), 0) FROM variable) + position, label, NULL, type, level, unit, polarity, domain,
	CASE (SELECT max(CASE disclosure WHEN 'direct' THEN 3 WHEN 'sensitive' THEN 2 WHEN 'quasi' THEN 1 END)
		FROM derived.made_of WHERE made_of.variable = derived.variable)
	WHEN 3 THEN 'direct' WHEN 2 THEN 'sensitive' WHEN 1 THEN 'quasi' ELSE 'none' END,
	least, most, 0, source, ''
FROM derived.derived;
INSERT INTO code SELECT variable, position, code, label FROM derived.derived_code;
INSERT INTO reason SELECT variable, reason FROM derived.derived_reason;
INSERT INTO made_of SELECT variable, input, study FROM derived.made_of;
INSERT INTO definition SELECT variable, digest FROM derived.definition;
