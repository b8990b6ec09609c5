-- ingest: the exports of one dataset as they came. Beside these stands the table answers (row, source, line, record, and
-- one TEXT column for each variable of the dictionary; NULL where the export has no such column), and finding.sql. Of a
-- question with a column for each option (tick-all), the cell holds the codes of the options that are ticked with `;`
-- between, and `(none)` where the platform tells that it was answered with none.
CREATE TABLE source (
	source INTEGER PRIMARY KEY, -- from 1, in the config's order
	name TEXT NOT NULL,         -- the export's path as the config has it
	platform TEXT NOT NULL,
	wave TEXT,
	dates TEXT NOT NULL,        -- iso | dmy | mdy
	decimal TEXT NOT NULL,      -- point | comma
	separator TEXT,             -- between the codes of one cell; NULL: none but the semicolon
	encoding TEXT NOT NULL,     -- what the file is in: UTF-8, windows-1252, ...
	lines INTEGER NOT NULL, blank_lines INTEGER NOT NULL, -- 0 of an SPSS file
	records INTEGER NOT NULL,   -- = header_records + rows + unreadable + elsewhere
	header_records INTEGER NOT NULL,
	rows INTEGER NOT NULL,      -- in answers
	unreadable INTEGER NOT NULL, -- set aside here: damaged, with the wrong number of fields, or the header again
	elsewhere INTEGER NOT NULL  -- of another dataset, by the config's where
);

-- Every column of every export; a header's text is no answer.
CREATE TABLE header (
	source INTEGER NOT NULL, position INTEGER NOT NULL,
	header TEXT NOT NULL,        -- its name
	text TEXT NOT NULL,          -- the question as the export words it; '' where it does not
	variable TEXT,               -- NULL: the dictionary does not name it; it was not read
	option TEXT,                 -- the code whose box it is; NULL: no box
	dropped INTEGER NOT NULL,    -- 1: forbidden by the platform's profile; its values stand nowhere
	PRIMARY KEY (source, position)
) WITHOUT ROWID;

-- What texts stand for in one export, beside codes.csv. Of code and missing at most one is given; neither: the file
-- declares the value missing, and gives no reason. With low and high instead of exported: every number between them.
CREATE TABLE meaning (
	meaning INTEGER PRIMARY KEY,
	source INTEGER NOT NULL,
	variable TEXT,               -- NULL: of every variable
	exported TEXT, low REAL, high REAL,
	code TEXT,
	missing TEXT                 -- a reason
);
