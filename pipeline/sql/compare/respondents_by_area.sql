SELECT coalesce(area, 0), count(*) FROM respondents GROUP BY 1
