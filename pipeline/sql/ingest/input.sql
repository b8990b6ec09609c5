-- The path as the config has it, and not the base name alone: two waves may each bring a data.csv.
INSERT INTO input VALUES (:name, 'export', :bytes, :sha256)
