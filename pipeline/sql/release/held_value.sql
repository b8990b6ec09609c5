INSERT INTO held_value VALUES (:release, :dataset, :variable, :record, :value)
