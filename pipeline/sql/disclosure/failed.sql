SELECT condition, variable, verdict, truth, least, most, reach, width, kind, by_records FROM audited.interval WHERE verdict <> 'safe'
ORDER BY verdict, condition, variable
