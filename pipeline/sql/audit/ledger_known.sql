SELECT condition, least, most FROM known ORDER BY release, condition
