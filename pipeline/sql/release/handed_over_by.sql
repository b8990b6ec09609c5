INSERT INTO handed_over_by VALUES (:release, :dataset, :a, :b)
