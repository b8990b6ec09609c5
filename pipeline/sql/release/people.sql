INSERT INTO people (release, dataset, population)
SELECT (SELECT max(release) FROM released), substr(item, length('population:') + 1), value
FROM withheld.provenance
WHERE item LIKE 'population:%'
ORDER BY item
