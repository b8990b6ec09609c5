INSERT INTO interval
VALUES (:kind, :number, :condition, :variable, :insider, :least, :most, :truth,
	:published, :unsafe, :reach, :width, :above, :below, :verdict, :by_records)
