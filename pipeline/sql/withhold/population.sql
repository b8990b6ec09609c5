SELECT item, value FROM provenance WHERE item = 'population' OR item LIKE 'population:%' ORDER BY item
