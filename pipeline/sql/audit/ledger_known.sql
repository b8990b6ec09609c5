SELECT condition, least, most FROM named_known ORDER BY release, condition
