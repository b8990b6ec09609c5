SELECT variable, position, type, role, least, most, bottom, top, treatment,
	EXISTS (SELECT * FROM blanked WHERE blanked.variable = variable.variable AND blanked.reason <> '')
FROM variable
ORDER BY variable
