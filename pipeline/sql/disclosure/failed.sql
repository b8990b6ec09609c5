SELECT condition, variable, verdict, truth, least, most, reach, width, kind FROM audited.interval WHERE verdict <> 'safe'
ORDER BY verdict, condition, variable
