-- Of a cell that an exception of the steward lets be shown nothing is demanded; it is judged with the others all the same.
SELECT condition, n, published, status = 'hidden', unsafe AND rule <> 'exception', reach, width, above, below FROM decision ORDER BY cell
