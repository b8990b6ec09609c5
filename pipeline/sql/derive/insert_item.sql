INSERT INTO derived_item VALUES (:score, :position, :variable, :reversed, :least, :most)
