INSERT INTO source VALUES (:source, :name, :platform, :wave, :dates, :decimal, :separator, :encoding, :lines, :blank_lines,
	:records, :header_records, :rows, :unreadable, :elsewhere)
