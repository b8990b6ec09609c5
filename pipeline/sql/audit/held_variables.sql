SELECT variable, type, role, least, most, bottom, top, treatment, hides_missing FROM held_variable
WHERE release = :release AND dataset = :dataset
ORDER BY position
