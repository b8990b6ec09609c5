-- The newest release that handed another file of the same people over under safeguarded access.
SELECT max(handed_over.release)
FROM handed_over
JOIN handed_over AS new ON new.release = :release AND new.dataset = handed_over.dataset
	AND new.population = handed_over.population
WHERE handed_over.release < :release AND handed_over.access = 'safeguarded' AND new.access = 'public'
	AND handed_over.sha256 <> new.sha256 AND new.population <> 'unknown'
