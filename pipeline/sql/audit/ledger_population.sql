-- A release over other records than these; an unknown population is never the same.
SELECT release FROM released WHERE population <> :population OR population = 'unknown' ORDER BY release LIMIT 1
