INSERT INTO decision (cell, condition, n, published, status, rule, unsafe, reach, width, above, below, cost, printed, least, most, band)
VALUES (:cell, :condition, :n, :published, :status, :rule, :unsafe, :reach, :width, :above, :below, :cost, :printed, :least, :most, :band)
