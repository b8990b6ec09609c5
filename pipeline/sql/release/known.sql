INSERT INTO known
SELECT (SELECT max(release) FROM released), condition, least, most
FROM withheld.cell
WHERE n IS NULL AND coalesce(least, most) IS NOT NULL
ORDER BY condition
