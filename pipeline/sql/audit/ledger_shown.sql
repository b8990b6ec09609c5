SELECT numerator, variable, denominator, factor, value, decimals FROM shown ORDER BY release, number
