-- What readers are told. Widths, p%, dominance, insiders, the solver and the method are the steward's: they would help an
-- attacker.
SELECT item, value FROM policy
WHERE item IN ('policy', 'preset', 'threshold', 'zeros', 'structural_zeros', 'sensitive', 'min_group', 'rounding_base',
	'rounding_method', 'perturbed', 'bands', 'exceptions', 'hidden_symbol')
ORDER BY item
