-- What waits for a decision, a line for each type and variable; the identity is that of the first, as SQLite takes a bare column
-- from the row of the minimum.
SELECT f.type, f.variable, count(*), min(f.found), f.identity
FROM main.found f JOIN temp.state s ON s.found = f.found JOIN temp.type t ON t.type = f.type
WHERE s.state = 'open' GROUP BY f.type, f.variable ORDER BY t.place, f.variable;
