-- Conditions of datasets whose people have changed, under the name that they have here, and as they are.
SELECT DISTINCT prefix || condition, condition
FROM (
	SELECT release, numerator AS condition FROM shown
	UNION SELECT release, denominator FROM shown WHERE denominator <> ''
	UNION SELECT release, condition FROM hidden
) AS told
JOIN naming ON naming.release = told.release AND dataset = substr(condition, 1, instr(condition || ' ', ' ') - 1)
ORDER BY 1
