SELECT substr(item, length('population:') + 1), value FROM provenance WHERE item LIKE 'population:%' ORDER BY item
