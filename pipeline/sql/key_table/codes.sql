SELECT position, code, label FROM code WHERE variable = :variable ORDER BY position
