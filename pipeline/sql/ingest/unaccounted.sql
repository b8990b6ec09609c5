-- Exports whose account does not add up: header + rows + unreadable records, and rows as they stand in answers.
SELECT count(*)
FROM source LEFT JOIN (SELECT source, count(*) AS stored FROM answers GROUP BY source) USING (source)
WHERE records <> 1 + rows + unreadable OR rows <> coalesce(stored, 0)
