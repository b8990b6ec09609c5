SELECT respondents.weight, drawn.stratum, drawn.cluster, drawn.start FROM respondents LEFT JOIN drawn USING (respondent) ORDER BY respondent
