-- Every count that is shown, then every figure that says something linear but is not such a count.
INSERT INTO shown
SELECT (SELECT max(release) FROM released), row_number() OVER (ORDER BY kind, number),
	numerator, variable, denominator, factor, value, decimals
FROM (
	SELECT 0 AS kind, cell AS number, condition AS numerator, '' AS variable, '' AS denominator, 1.0 AS factor,
		n AS value, 0 AS decimals
	FROM withheld.cell
	WHERE n IS NOT NULL
	UNION ALL
	SELECT 1, figure.figure, coalesce(measured.condition, counted.condition), coalesce(measure.variable, ''),
		coalesce(base.condition, ''), coalesce(figure.factor, 1.0), figure.value, figure.decimals
	FROM withheld.figure
	LEFT JOIN withheld.cell AS counted ON counted.cell = figure.numerator
	LEFT JOIN withheld.measure ON measure.measure = figure.numerator_measure
	LEFT JOIN withheld.cell AS measured ON measured.cell = measure.cell
	LEFT JOIN withheld.cell AS base ON base.cell = figure.denominator
	WHERE figure.value IS NOT NULL
		AND coalesce(figure.numerator, figure.numerator_measure) IS NOT NULL
		AND NOT (figure.numerator_measure IS NULL AND figure.denominator IS NULL AND counted.n IS NOT NULL)
)
