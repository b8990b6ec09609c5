INSERT INTO naming
SELECT release, dataset, 'release ' || min(release) OVER (PARTITION BY dataset, population) || ': '
FROM people
WHERE population <> coalesce((SELECT population FROM now WHERE now.dataset = people.dataset), '')
