-- What a ledger holds since version 3.
INSERT INTO handed_over SELECT * FROM earlier.handed_over ORDER BY release, dataset;
INSERT INTO handed_over_by SELECT * FROM earlier.handed_over_by ORDER BY release, dataset, item;
INSERT INTO held_variable SELECT * FROM earlier.held_variable ORDER BY release, dataset, variable;
INSERT INTO held_code SELECT * FROM earlier.held_code ORDER BY release, dataset, variable, position, stands_for;
INSERT INTO held_value SELECT * FROM earlier.held_value ORDER BY release, dataset, variable, record;
INSERT INTO held_missing SELECT * FROM earlier.held_missing ORDER BY release, dataset, variable, record;
INSERT INTO held_derivable_variable SELECT * FROM earlier.held_derivable_variable ORDER BY release, dataset, variable;
INSERT INTO held_derivable SELECT * FROM earlier.held_derivable ORDER BY release, dataset, variable, record;
