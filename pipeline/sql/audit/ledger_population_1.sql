-- The same of a ledger of version 1, in which no release says it.
SELECT release FROM released WHERE population <> :population OR population = 'unknown' ORDER BY release LIMIT 1
