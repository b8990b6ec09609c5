-- Without an order, which would sort every row.
SELECT DISTINCT code FROM finding;
