-- Every stage file begins with these two.

-- Who made this file.
CREATE TABLE provenance (
	item TEXT PRIMARY KEY, -- stage, version, study, dataset, synthetic
	value TEXT NOT NULL
) WITHOUT ROWID;

-- What it was made from, by content.
CREATE TABLE input (
	name TEXT PRIMARY KEY,  -- the role and base name: never a path of the machine
	role TEXT NOT NULL,     -- study, dictionary, platform, export, stage, decisions, ledger, key
	bytes INTEGER NOT NULL,
	sha256 TEXT NOT NULL    -- in hexadecimal
) WITHOUT ROWID;
