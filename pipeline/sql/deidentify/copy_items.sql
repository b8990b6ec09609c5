INSERT INTO item SELECT score, position, variable, reversed, least, most FROM derived.derived_item;
