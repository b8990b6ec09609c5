INSERT INTO source VALUES (:source, :name, :platform, :wave, :dates, :lines, :blank_lines, :records, :rows, :unreadable)
