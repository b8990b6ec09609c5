-- Whose each record is, by the first respondent of the same person.
SELECT coalesce(again.first, respondents.respondent)
FROM respondents LEFT JOIN again USING (respondent)
ORDER BY respondents.respondent
