-- Which row failed which check of study.sh, as validated.db tells it: a line `check,row` each, as the peers write them.
SELECT iif(rule IS NOT NULL, 'rule', CASE
		WHEN code = 'cell-type' OR code LIKE 'cell-date%' THEN 'type'
		WHEN code = 'cell-range' THEN 'range'
		WHEN code = 'cell-pattern' THEN 'pattern'
		WHEN code = 'cell-code' THEN 'code'
		WHEN code = 'row-required' THEN 'required'
		WHEN code = 'key-conflict' THEN 'unique'
		ELSE code END)
	|| ' ' || coalesce(rule, variable, '') || ',' || row
FROM finding WHERE row IS NOT NULL
