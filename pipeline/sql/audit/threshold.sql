SELECT CAST(value AS INTEGER) FROM policy WHERE item = 'threshold'
