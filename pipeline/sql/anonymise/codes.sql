-- Of the area, the codes are the areas.
SELECT listed.code, label, broader FROM (
	SELECT position, code, label FROM code
	WHERE variable = :variable AND variable NOT IN (SELECT variable FROM variable WHERE role = 'area')
	UNION ALL
	SELECT area, code, label FROM area WHERE :variable IN (SELECT variable FROM variable WHERE role = 'area')
) AS listed LEFT JOIN broader ON broader.variable = :variable AND broader.code = listed.code
ORDER BY position
