SELECT figure, result, name, decimals, value, printed, numerator, numerator_measure, denominator, factor
FROM figure ORDER BY figure
