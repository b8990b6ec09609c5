SELECT condition, variable, least, most FROM measured ORDER BY release, condition, variable
