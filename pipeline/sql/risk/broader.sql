SELECT code, broader FROM broader WHERE variable = :variable
