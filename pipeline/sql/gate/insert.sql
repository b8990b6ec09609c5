INSERT INTO judged (finding, found, accepted, at_most, rows) VALUES (:finding, :found, :accepted, :at_most, :rows);
