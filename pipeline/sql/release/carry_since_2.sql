-- What a ledger holds since version 2.
INSERT INTO begun SELECT * FROM earlier.begun;
INSERT INTO known SELECT * FROM earlier.known ORDER BY release, condition;
INSERT INTO people SELECT * FROM earlier.people ORDER BY release, dataset;
