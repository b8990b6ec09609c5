INSERT INTO begun VALUES (:date, :by, :why)
