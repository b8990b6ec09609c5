-- The entry of the config, and its keys.
SELECT item, value FROM file
UNION ALL
SELECT 'keys', coalesce((SELECT group_concat(variable, ', ') FROM (SELECT variable FROM variable WHERE key IS NOT NULL ORDER BY key)), '')
ORDER BY item
