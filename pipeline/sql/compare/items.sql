SELECT variable, reversed, least, most FROM item WHERE score = :score ORDER BY position
