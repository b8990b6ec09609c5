INSERT INTO interval
VALUES (:kind, :number, :condition, :variable, :least, :most, :truth,
	:published, :unsafe, :reach, :width, :above, :below, :verdict)
