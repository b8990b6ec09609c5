-- Which variable follows from which: made 1, it is made of it; 0, it is asked by it.
SELECT variable, input, 1 FROM made_of
UNION ALL
SELECT variable, reads, 0 FROM route
ORDER BY 1, 2, 3
