-- anonymise: a file of records as it may leave, and what was done to make it so. Restricted: it says what was blanked.
-- Beside these stands the table records (record INTEGER PRIMARY KEY from 1, in an order that tells nothing, and a column
-- for each variable, of its own name). Codes are their position in the code list, from 1; several codes a text, as in
-- the analysis table; NULL is missing, its reason below.
CREATE TABLE file (
	item TEXT PRIMARY KEY, -- access (safeguarded | public), unit, plural, missing (wildcard | value), k, l, strata,
	                       -- fraction, max_risk, records: the entry of the config, what it does not give left out
	value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE variable (
	variable TEXT PRIMARY KEY,
	position INTEGER NOT NULL,
	label TEXT NOT NULL, question TEXT, type TEXT NOT NULL, level TEXT NOT NULL,
	unit TEXT, polarity TEXT, domain TEXT,
	least REAL, most REAL,      -- the range that the file may hold; NULL: open
	treatment TEXT NOT NULL,    -- of the file, beyond that of the analysis table: kept | bands | top | bottom | broader;
	                            -- averaged: of weights, the mean of those next to each other, or of others
	bottom REAL, top REAL,      -- NULL, or: a value of so much stands for that or less, or more
	role TEXT NOT NULL,         -- area, weight, wave, else ''
	key INTEGER,                -- its place among the keys, from 1; NULL: none
	sensitive INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE code (
	variable TEXT NOT NULL, position INTEGER NOT NULL, -- from 1: what stands in records
	code TEXT NOT NULL, label TEXT NOT NULL,
	PRIMARY KEY (variable, position)
) WITHOUT ROWID;

-- Which codes of the analysis table a code of the file stands for: one, or several that were merged.
CREATE TABLE stands_for (
	variable TEXT NOT NULL, position INTEGER NOT NULL,
	code TEXT NOT NULL,
	PRIMARY KEY (variable, position, code)
) WITHOUT ROWID;

CREATE TABLE missing (
	variable TEXT NOT NULL, record INTEGER NOT NULL,
	reason TEXT NOT NULL, -- as in the analysis table, or suppressed
	PRIMARY KEY (variable, record)
) WITHOUT ROWID;

-- Records of somebody whom an earlier record is of, as in the analysis table. It is for whoever counts people here, and
-- leaves with no file.
CREATE TABLE again (
	record INTEGER PRIMARY KEY,
	first INTEGER NOT NULL -- the record of the first of them
);

-- Every value that was blanked, and every reason that became `suppressed`: for the steward alone.
CREATE TABLE blanked (
	record INTEGER NOT NULL, variable TEXT NOT NULL,
	value,                -- what stood there, the position of its code; NULL: it was missing, for
	reason TEXT NOT NULL, -- this reason; '' where it had a value
	cause TEXT NOT NULL,  -- the key that was blanked in the same record, which this one would tell; '': the demands;
	                      -- of a key its own name: the reason tells, as a value does
	PRIMARY KEY (record, variable)
) WITHOUT ROWID;

-- What whoever has a public file can work out beyond it, as the audit takes it: the band of a score from its items, which
-- codes a merged one was, by another variable that is made of it. Empty of a file for safeguarded access.
-- derivable_variable: derived ones that leave as well.
CREATE TABLE derivable_variable (
	variable TEXT PRIMARY KEY,
	type TEXT NOT NULL, least REAL, most REAL, -- as in the analysis table
	definition TEXT NOT NULL -- of the study's own derived ones the digest; else ''
) WITHOUT ROWID;
CREATE TABLE derivable (
	variable TEXT NOT NULL, record INTEGER NOT NULL,
	value,               -- of codes the code itself; NULL: it is missing, for
	reason TEXT NOT NULL, -- this reason; '' where it has a value
	PRIMARY KEY (variable, record)
) WITHOUT ROWID;

-- Variables of the analysis table that do not leave, and why.
CREATE TABLE held_back (
	variable TEXT PRIMARY KEY, why TEXT NOT NULL
) WITHOUT ROWID;

-- What was demanded, and how many records failed it before and after.
CREATE TABLE demand (
	demand INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,    -- k | l | risk
	keys TEXT NOT NULL,    -- comma and blank between
	sensitive TEXT NOT NULL, -- of l; else ''
	least REAL NOT NULL,   -- k, l, or the greatest risk
	before INTEGER NOT NULL, -- once recoded, and nothing blanked
	after INTEGER NOT NULL   -- counted anew in the table above: always 0
);

-- What the file is still good for: a figure of the analysis table, and the same one of the file.
CREATE TABLE utility (
	statistic TEXT NOT NULL, -- blanked (per cent of the values of a key) | mean | sd | share | correlation
	variable TEXT NOT NULL, other TEXT NOT NULL, -- other: the second variable of a correlation, the code of a share
	area TEXT NOT NULL,      -- an area's code; '' of all
	n INTEGER NOT NULL,      -- records that have the values, in the file
	before REAL, after REAL, -- NULL: it cannot be computed
	PRIMARY KEY (statistic, variable, other, area)
) WITHOUT ROWID;
