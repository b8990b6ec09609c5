-- Exports whose account does not add up: header, rows, unreadable and other datasets' records, and rows as they stand in
-- answers, where those of an export follow those of the export before. One look at each row, and nothing is sorted.
WITH account AS (
	SELECT *, sum(rows) OVER (ORDER BY source) AS last FROM source
)
SELECT count(*)
FROM account
WHERE records <> header_records + rows + unreadable + elsewhere
	OR rows <> (SELECT count(*) FROM answers
		WHERE row > account.last - account.rows AND row <= account.last AND answers.source = account.source)
	OR (SELECT sum(rows) FROM source) <> (SELECT count(*) FROM answers)
