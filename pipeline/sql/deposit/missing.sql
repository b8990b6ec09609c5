SELECT m.record, v.position - 1, m.reason
FROM missing m JOIN variable v USING (variable) ORDER BY m.record, v.position
