INSERT INTO held_code VALUES (:release, :dataset, :a, :b, :c, :d, :e)
