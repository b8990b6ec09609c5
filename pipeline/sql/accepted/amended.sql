SELECT row, variable, missing, value FROM amended
WHERE row IN (SELECT row FROM judgement WHERE status = 'accepted')
ORDER BY row, variable
