INSERT INTO held_variable VALUES (:release, :dataset, :a, :b, :c, :d, :e, :f, :g, :h, :i, :j)
