INSERT INTO released SELECT * FROM earlier.released ORDER BY release;
INSERT INTO shown SELECT * FROM earlier.shown ORDER BY release, number;
INSERT INTO hidden SELECT * FROM earlier.hidden ORDER BY release, condition;
INSERT INTO tied SELECT * FROM earlier.tied ORDER BY release, relation, part;
INSERT INTO measured SELECT * FROM earlier.measured ORDER BY release, condition, variable;
