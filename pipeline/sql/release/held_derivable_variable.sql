INSERT INTO held_derivable_variable VALUES (:release, :dataset, :a, :b, :c, :d, :e)
