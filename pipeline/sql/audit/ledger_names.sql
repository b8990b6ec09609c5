-- How many names there are of what earlier releases told.
SELECT count(DISTINCT prefix || dataset) FROM naming
