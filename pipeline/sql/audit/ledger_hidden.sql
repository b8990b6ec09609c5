-- Of a cell that several releases hid, the newest demand; what any of them told of it stays known.
SELECT condition, known, published, unsafe, reach, width
FROM (
	SELECT *, max(no_zero) OVER (PARTITION BY condition) AS known,
		row_number() OVER (PARTITION BY condition ORDER BY release DESC) AS age
	FROM named_hidden
)
WHERE age = 1
ORDER BY condition
