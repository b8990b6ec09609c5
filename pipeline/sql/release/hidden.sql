-- What is hidden, with the audit's demand of it.
INSERT INTO hidden
SELECT (SELECT max(release) FROM released), cell.condition,
	coalesce(interval.least >= 1, 0), interval.published, interval.unsafe, interval.reach,
	max(interval.width, interval.above + interval.below)
FROM withheld.cell
JOIN audited.interval ON interval.kind = 'cell' AND interval.number = cell.cell AND interval.condition = cell.condition
WHERE cell.n IS NULL
ORDER BY cell.condition
