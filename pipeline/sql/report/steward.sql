-- What the steward has said and seen, beside the findings: for this reading only.
DROP VIEW IF EXISTS temp.gone;
DROP TABLE IF EXISTS temp.settled;
DROP TABLE IF EXISTS temp.seen;
CREATE TEMP TABLE settled (finding INTEGER PRIMARY KEY);
CREATE TEMP TABLE seen (identity TEXT, code TEXT, PRIMARY KEY (identity, code)) WITHOUT ROWID;
CREATE TEMP VIEW gone AS
SELECT identity, code FROM temp.seen EXCEPT SELECT identity, code FROM main.finding;
