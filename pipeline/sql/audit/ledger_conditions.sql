SELECT numerator FROM shown
UNION SELECT denominator FROM shown WHERE denominator <> ''
UNION SELECT condition FROM hidden
