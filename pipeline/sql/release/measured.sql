INSERT INTO measured
SELECT (SELECT max(release) FROM released), cell.condition, measure.variable, measure.least, measure.most
FROM withheld.measure
JOIN withheld.cell USING (cell)
ORDER BY cell.condition, measure.variable
