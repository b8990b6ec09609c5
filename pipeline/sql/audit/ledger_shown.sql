SELECT numerator, variable, denominator, factor, value, decimals FROM named_shown ORDER BY release, number
