-- What ingest told of a row before it was known that the respondent withdrew: that it was found stays, the answer does not.
UPDATE finding SET value = NULL, suggestion = NULL
WHERE value IS NOT NULL AND row IN (SELECT row FROM judgement WHERE status = 'withdrawn')
