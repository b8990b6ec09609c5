INSERT INTO measure_decision (measure, condition, variable, total, published, status, rule, unsafe, above, below, review, cost)
VALUES (:measure, :condition, :variable, :total, :published, :status, :rule, :unsafe, :above, :below, :review, :cost)
