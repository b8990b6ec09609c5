-- ingest: the exports of one dataset as they came. Beside these stands the table answers (row, source, line, record, and
-- one TEXT column for each variable of the dictionary; NULL where the export has no such column), and finding.sql.
CREATE TABLE source (
	source INTEGER PRIMARY KEY, -- from 1, in the config's order
	name TEXT NOT NULL,         -- the export's path as the config has it
	platform TEXT NOT NULL,
	wave TEXT,
	dates TEXT NOT NULL,        -- iso | dmy | mdy
	lines INTEGER NOT NULL, blank_lines INTEGER NOT NULL,
	records INTEGER NOT NULL,   -- header and damaged ones included
	rows INTEGER NOT NULL,      -- records = 1 header + rows + unreadable
	unreadable INTEGER NOT NULL -- records set aside here: damaged, or with the wrong number of fields
);

-- Every column of every export; a header's text is no answer.
CREATE TABLE header (
	source INTEGER NOT NULL, position INTEGER NOT NULL,
	header TEXT NOT NULL,
	variable TEXT,               -- NULL: the dictionary does not name it; it was not read
	PRIMARY KEY (source, position)
) WITHOUT ROWID;
