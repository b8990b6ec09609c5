-- derive: what the instruments and the study define, over the accepted rows. Beside these stands the table scores (row, and one column for
-- each derived variable: REAL, or for a band the position of its code from 1; NULL where it is missing).
CREATE TABLE derived (
	variable TEXT PRIMARY KEY,
	position INTEGER NOT NULL,
	label TEXT NOT NULL,
	type TEXT NOT NULL,        -- number | code
	level TEXT NOT NULL, unit TEXT, polarity TEXT, domain TEXT,
	least REAL, most REAL,     -- the range that the instrument allows
	instrument TEXT,           -- NULL: the study's own
	source TEXT NOT NULL       -- the instrument's, or the expression
) WITHOUT ROWID;

-- The codes of a derived band.
CREATE TABLE derived_code (
	variable TEXT NOT NULL, position INTEGER NOT NULL, -- from 1
	code TEXT NOT NULL, label TEXT NOT NULL,
	PRIMARY KEY (variable, position)
) WITHOUT ROWID;

-- The reasons that a derived value may be missing for: those of its items.
CREATE TABLE derived_reason (
	variable TEXT NOT NULL, reason TEXT NOT NULL,
	PRIMARY KEY (variable, reason)
) WITHOUT ROWID;

-- What each derived variable is made of: variables of the dictionary, by way of scores and other derived ones too.
CREATE TABLE made_of (
	variable TEXT NOT NULL, input TEXT NOT NULL,
	study INTEGER NOT NULL,    -- 1: the study made it; 0: an instrument
	disclosure TEXT NOT NULL,  -- the input's, as in variables.csv
	PRIMARY KEY (variable, input)
) WITHOUT ROWID;

-- How the study's own are made, as a digest that changes with their expressions and rules, and those of what they are made of.
CREATE TABLE definition (
	variable TEXT PRIMARY KEY, digest TEXT NOT NULL
) WITHOUT ROWID;

-- Why a derived value is missing.
CREATE TABLE unscored (
	row INTEGER NOT NULL, variable TEXT NOT NULL,
	missing TEXT NOT NULL,
	PRIMARY KEY (row, variable)
) WITHOUT ROWID;

-- Which items a score is made of. reversed 1: the item counts least + most - answer.
CREATE TABLE derived_item (
	score TEXT NOT NULL, position INTEGER NOT NULL, -- from 1
	variable TEXT NOT NULL, reversed INTEGER NOT NULL,
	least REAL NOT NULL, most REAL NOT NULL,        -- the item's range
	PRIMARY KEY (score, position)
) WITHOUT ROWID;

-- The weights that the study's design gives the accepted rows; empty where it adjusts none.
CREATE TABLE weighted (
	row INTEGER PRIMARY KEY,
	start REAL NOT NULL, -- the weight that it came with, or 1
	weight REAL NOT NULL
);

-- The margins of the design: which cell of a margin each row is in, and how each cell came out.
CREATE TABLE margin (
	margin INTEGER NOT NULL, cell INTEGER NOT NULL, -- from 1
	adjusted INTEGER NOT NULL,                      -- 0: it only says how large a finite population is
	name TEXT NOT NULL, code TEXT NOT NULL,         -- as in margins.csv
	population REAL NOT NULL,
	rows INTEGER NOT NULL,                          -- with a weight above 0
	before REAL NOT NULL, after REAL NOT NULL,      -- sums of weights
	PRIMARY KEY (margin, cell)
) WITHOUT ROWID;
CREATE TABLE margin_row (
	margin INTEGER NOT NULL, row INTEGER NOT NULL,
	cell INTEGER NOT NULL,
	PRIMARY KEY (margin, row)
) WITHOUT ROWID;

-- What the weights do, in numbers, where they are adjusted: least, most, mean, kish_before, kish_after (1 + CV^2), trimmed, iterations, largest_error.
CREATE TABLE weighting (
	item TEXT PRIMARY KEY, value REAL NOT NULL
) WITHOUT ROWID;
