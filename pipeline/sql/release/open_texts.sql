SELECT count(*) FROM found WHERE confidence = 'high' AND decision IS NULL
