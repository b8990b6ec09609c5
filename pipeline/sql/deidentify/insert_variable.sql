INSERT INTO variable VALUES (:variable, :position, :label, :question, :type, :level, :unit, :polarity, :domain, :disclosure,
	:least, :most, :required, :source, :role)
