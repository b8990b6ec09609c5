SELECT condition, n, published, status = 'hidden', unsafe, reach, width FROM decision ORDER BY cell
