SELECT measure, condition, variable, total, published, status = 'hidden', unsafe, above, below FROM measure_decision
ORDER BY measure
