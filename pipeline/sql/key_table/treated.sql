SELECT 1 FROM treatment WHERE variable = :variable
