-- min_width and the method are the steward's: they would help an attacker.
SELECT item, value FROM policy WHERE item IN ('policy', 'threshold', 'zeros', 'sensitive', 'min_group') ORDER BY item
