INSERT INTO decision (cell, condition, n, published, status, rule, unsafe, reach, width, cost)
VALUES (:cell, :condition, :n, :published, :status, :rule, :unsafe, :reach, :width, :cost)
