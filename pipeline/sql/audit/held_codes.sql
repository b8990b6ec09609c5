SELECT variable, position, label, stands_for, code FROM held_code
WHERE release = :release AND dataset = :dataset
ORDER BY variable, position, stands_for
