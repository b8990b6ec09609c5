SELECT measure, condition, variable, total, status FROM measure_decision ORDER BY measure
