-- What was demanded of fewer than all keys: of how many, and how many are to agree on them.
SELECT DISTINCT length(keys) - length(replace(keys, ',', '')) + 1 AS size, least
FROM demand
WHERE kind = 'k' AND size < (SELECT count(*) FROM variable WHERE key IS NOT NULL)
ORDER BY size DESC, least
