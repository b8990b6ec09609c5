SELECT variable, type, least, most, definition FROM held_derivable_variable
WHERE release = :release AND dataset = :dataset
ORDER BY variable
