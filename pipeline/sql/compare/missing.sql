SELECT respondent, reason FROM missing WHERE variable = :variable ORDER BY respondent
