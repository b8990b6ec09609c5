-- The accepted rows, each with what was amended in it: one line of NULLs where nothing was.
SELECT j.row, a.variable, a.missing, a.value
FROM main.judgement AS j LEFT JOIN main.amended AS a ON a.row = j.row
WHERE j.status = 'accepted'
ORDER BY j.row, a.variable
