-- audit: the attacker's interval of every hidden cell and measure, and the judge's verdict. Restricted: true values.
CREATE TABLE interval (
	kind TEXT NOT NULL,        -- cell | measure
	number INTEGER NOT NULL,   -- cell or measure, as in withheld.db
	condition TEXT NOT NULL,
	least REAL, most REAL,     -- NULL: no bound
	truth REAL NOT NULL,
	verdict TEXT NOT NULL,     -- safe | recovered | too_narrow | below_reach
	PRIMARY KEY (kind, number)
) WITHOUT ROWID;
CREATE TABLE verdict (
	item TEXT PRIMARY KEY,     -- passed (1), hidden, attacked, releases, recovered, too_narrow, below_reach, method
	value TEXT NOT NULL
) WITHOUT ROWID;
