SELECT variable, record, value, reason FROM held_derivable
WHERE release = :release AND dataset = :dataset
ORDER BY variable, record
