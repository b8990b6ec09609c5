INSERT INTO temp.shown VALUES (:found, :key, :export, :line, :before, :words, :after);
