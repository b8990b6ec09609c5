-- Exports whose rows are not all accounted for, as they lie in the file or by area, status and reason; and accounts of no export.
WITH judged AS MATERIALIZED (
	SELECT w.source, coalesce(j.area, '') AS area, j.status, coalesce(j.reason, '') AS reason, count(*) AS rows
	FROM judgement AS j JOIN ingested.answers AS w ON w.row = j.row GROUP BY 1, 2, 3, 4
),
told AS (SELECT * FROM account WHERE status <> 'unreadable')
SELECT count(*) FROM (
	SELECT source FROM (SELECT * FROM judged EXCEPT SELECT * FROM told)
	UNION SELECT source FROM (SELECT * FROM told EXCEPT SELECT * FROM judged)
	UNION SELECT source FROM ingested.source AS s
	      WHERE s.rows <> (SELECT coalesce(sum(rows), 0) FROM judged AS j WHERE j.source = s.source)
	            OR s.records <> s.header_records + s.rows + s.unreadable + s.elsewhere
	            OR s.rows + s.unreadable <> (SELECT coalesce(sum(rows), 0) FROM account AS a WHERE a.source = s.source)
	UNION SELECT source FROM account WHERE source NOT IN (SELECT source FROM ingested.source)
)
