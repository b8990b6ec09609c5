SELECT variable, record, reason FROM held_missing
WHERE release = :release AND dataset = :dataset
ORDER BY variable, record
