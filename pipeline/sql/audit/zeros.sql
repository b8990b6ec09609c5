SELECT CASE value WHEN 'shown' THEN 1 WHEN 'hidden' THEN 2 END FROM policy WHERE item = 'zeros'
