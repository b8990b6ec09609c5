-- withhold: only what may be shown, rounded as it will be printed. Beside these stands universe.sql.
CREATE TABLE policy (
	item TEXT PRIMARY KEY,     -- policy, threshold, zeros, sensitive and min_group: what a reader is told
	value TEXT NOT NULL
) WITHOUT ROWID;
