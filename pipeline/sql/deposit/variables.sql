SELECT variable, label, question, type, level, unit, treatment, role, least, most, bottom, top, key, sensitive
FROM variable ORDER BY position
