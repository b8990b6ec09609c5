-- What was found, in ingested.db and validated.db. Restricted: key and value are as they came.
CREATE TABLE finding (
	finding INTEGER PRIMARY KEY,
	identity TEXT NOT NULL,   -- 12 hexadecimal digits: what decisions.csv names
	code TEXT NOT NULL,
	severity TEXT NOT NULL,   -- reject | blank | warn | note
	source INTEGER,           -- NULL: not about one export
	row INTEGER,              -- of the table answers; NULL: not about one row
	line INTEGER, record INTEGER,
	variable TEXT, rule TEXT,
	key TEXT, value TEXT,
	expected TEXT, suggestion TEXT,
	occurrences INTEGER NOT NULL
);
