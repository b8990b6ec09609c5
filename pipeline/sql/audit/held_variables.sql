SELECT variable, type, role, least, most, bottom, top, treatment FROM held_variable
WHERE release = :release AND dataset = :dataset
ORDER BY position
