INSERT INTO held_missing VALUES (:release, :dataset, :a, :b, :c)
