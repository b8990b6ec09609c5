-- How many cells one of the files knows otherwise than the others.
SELECT (SELECT count(*) FROM main.cell AS own
	LEFT JOIN protected.decision AS decided ON decided.cell = own.cell AND decided.condition = own.condition AND decided.n = own.n
	LEFT JOIN withheld.cell AS told ON told.cell = own.cell AND told.condition = own.condition
	WHERE decided.cell IS NULL OR told.cell IS NULL)
	+ (SELECT count(*) FROM protected.decision WHERE cell NOT IN (SELECT cell FROM main.cell))
	+ (SELECT count(*) FROM audited.interval AS i
		WHERE i.kind = 'cell'
			AND NOT EXISTS (SELECT 1 FROM main.cell AS own WHERE own.condition = i.condition AND own.n = i.truth))
