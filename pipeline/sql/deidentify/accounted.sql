-- Areas of which the account has another number of accepted rows than there are respondents.
SELECT count(*) FROM (
	SELECT area, rows FROM account WHERE status = 'accepted'
	EXCEPT
	SELECT coalesce(area.code, ''), count(*) FROM respondents LEFT JOIN area USING (area) GROUP BY 1
	UNION ALL
	SELECT * FROM (
		SELECT coalesce(area.code, ''), count(*) FROM respondents LEFT JOIN area USING (area) GROUP BY 1
		EXCEPT
		SELECT area, rows FROM account WHERE status = 'accepted'
	)
);
