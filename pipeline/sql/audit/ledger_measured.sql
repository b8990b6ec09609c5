SELECT condition, variable, least, most FROM named_measured ORDER BY release, condition, variable
