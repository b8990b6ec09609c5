SELECT cell, condition, n, status FROM decision ORDER BY cell
