INSERT INTO text (row, variable, redacted) VALUES (:row, :variable, :redacted);
