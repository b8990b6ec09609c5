-- A question without a route is asked of everybody who was given the export, which the public knows: where nobody was not
-- asked, that is no reason that an answer could be missing for, nor one of what instruments make of such answers.
SELECT reason FROM reason
WHERE variable = :variable AND NOT (
	reason = 'not_asked'
	AND NOT EXISTS (SELECT 1 FROM missing WHERE variable = :variable AND missing.reason = 'not_asked')
	AND NOT EXISTS (SELECT 1 FROM made_of WHERE variable = :variable AND study = 1)
	AND NOT EXISTS (SELECT 1 FROM routed WHERE variable = :variable
		OR variable IN (SELECT input FROM made_of WHERE made_of.variable = :variable)))
ORDER BY reason
