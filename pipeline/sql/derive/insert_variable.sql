INSERT INTO derived VALUES (:variable, :position, :label, :type, :level, :unit, :polarity, :domain, :least, :most, :instrument,
	:source)
