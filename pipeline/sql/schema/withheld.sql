-- withhold: only what may be shown, rounded as it will be printed. Beside these stands universe.sql.
CREATE TABLE policy (
	item TEXT PRIMARY KEY,     -- what a reader is told: pipeline/sql/withhold/policy.sql
	value TEXT NOT NULL
) WITHOUT ROWID;
