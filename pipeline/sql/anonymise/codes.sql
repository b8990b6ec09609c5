SELECT code, label, NULL FROM (
	SELECT position, code, label FROM code WHERE variable = :variable
	UNION ALL
	SELECT area, code, label FROM area WHERE EXISTS (SELECT 1 FROM variable WHERE variable = :variable AND role = 'area')
) ORDER BY position
