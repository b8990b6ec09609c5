SELECT record, value FROM held_value
WHERE release = :release AND dataset = :dataset AND variable = :variable
ORDER BY record
