-- validate: what was decided about every row and cell of ingested.db. Beside these stands finding.sql (ingest's findings
-- first). The answers themselves stay in ingested.db.
CREATE TABLE judgement (
	row INTEGER PRIMARY KEY,
	status TEXT NOT NULL,  -- accepted | set_aside | duplicate | preview | withdrawn
	reason TEXT,           -- the finding code that decided it, where not accepted
	area TEXT              -- the area's code; NULL where the row has none
);

-- Cells of accepted rows whose answer is not what the export says: blank as they were not asked, or corrected by the steward.
-- Cells that fail need no amendment: answer_read finds them unusable again.
CREATE TABLE amended (
	row INTEGER NOT NULL,
	variable TEXT NOT NULL,
	missing TEXT,          -- a reason; NULL: corrected
	value TEXT,            -- the corrected text
	PRIMARY KEY (row, variable)
) WITHOUT ROWID;

-- The equation: rows read = accepted + set aside + duplicates + previews + withdrawn, and what ingest could not read, per export.
CREATE TABLE account (
	source INTEGER NOT NULL, area TEXT NOT NULL, -- '' where the row has none
	status TEXT NOT NULL, -- as in judgement; and unreadable
	reason TEXT NOT NULL, -- '' for accepted
	rows INTEGER NOT NULL,
	PRIMARY KEY (source, area, status, reason)
) WITHOUT ROWID;

-- How often each rule of rules.csv held, was broken or could not be judged, over the rows whose answers were looked at: all
-- but copies, those who withdrew, rows that the platform says do not count, and rows without answers. Each broken one is a
-- finding.
CREATE TABLE rule (
	rule TEXT PRIMARY KEY,
	message TEXT, limit_per_cent REAL,
	holds INTEGER NOT NULL, broken INTEGER NOT NULL, unknowable INTEGER NOT NULL, not_applicable INTEGER NOT NULL
) WITHOUT ROWID;

-- Completeness over the accepted rows: how many gave an answer, and why the others did not. Every variable has a line, if only
-- one of 0 rows.
CREATE TABLE completeness (
	variable TEXT NOT NULL, area TEXT NOT NULL,
	missing TEXT NOT NULL,   -- '' for an answer, else the reason
	rows INTEGER NOT NULL,
	PRIMARY KEY (variable, area, missing)
) WITHOUT ROWID;

-- Which of the steward's decisions did something. used 0: it matches nothing, or has expired.
CREATE TABLE decision (
	line INTEGER PRIMARY KEY, -- in decisions.csv
	finding TEXT NOT NULL, decision TEXT NOT NULL,
	expired INTEGER NOT NULL, used INTEGER NOT NULL
);
