INSERT INTO held_derivable VALUES (:release, :dataset, :a, :b, :c, :d)
