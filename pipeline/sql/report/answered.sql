-- Who answered a variable, by area.
SELECT area, sum(rows) FROM completeness WHERE variable = :variable AND missing = '' GROUP BY area ORDER BY area;
