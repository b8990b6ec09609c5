SELECT cell, condition, n, status, printed, least, most, band FROM decision ORDER BY cell
