SELECT reason FROM reason WHERE variable = :variable ORDER BY reason
