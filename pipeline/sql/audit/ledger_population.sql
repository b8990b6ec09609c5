-- A release that does not say of whom each dataset was, over other records than these; an unknown population is never the
-- same.
SELECT release
FROM released
WHERE (population <> :population OR population = 'unknown') AND release NOT IN (SELECT release FROM people)
ORDER BY release
LIMIT 1
