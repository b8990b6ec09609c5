-- deidentify: the analysis table. Beside these stands the table respondents (respondent INTEGER PRIMARY KEY from 1, area
-- INTEGER, weight REAL, pseudonym TEXT where the dataset has a key, and a column for each variable that is kept). Codes are
-- their position in the code list, from 1; several codes (type codes) a text, the codes with ; between in the order of
-- their list, or (none); dates the number that their treatment gives; NULL is missing, its reason below.
CREATE TABLE unit (
	name TEXT PRIMARY KEY, plural TEXT NOT NULL, confidential INTEGER NOT NULL,
	threshold INTEGER NOT NULL -- 0: none
) WITHOUT ROWID;

CREATE TABLE area (
	area INTEGER PRIMARY KEY, -- from 1, in the order of the scope or the code list
	code TEXT NOT NULL, label TEXT NOT NULL
);

CREATE TABLE variable (
	variable TEXT PRIMARY KEY,
	position INTEGER NOT NULL,
	label TEXT NOT NULL, question TEXT, type TEXT NOT NULL, level TEXT NOT NULL,
	unit TEXT, polarity TEXT, domain TEXT, disclosure TEXT NOT NULL,
	least REAL, most REAL,      -- the range that is allowed; NULL: open
	required INTEGER NOT NULL,  -- 1: it cannot be missing in an accepted row, which the public knows
	source TEXT,                -- of a derived one
	role TEXT NOT NULL          -- area: its values are the column area of respondents; wave; imputation; else ''
) WITHOUT ROWID;

CREATE TABLE code (
	variable TEXT NOT NULL, position INTEGER NOT NULL, -- from 1: what stands in respondents
	code TEXT NOT NULL, label TEXT NOT NULL,
	PRIMARY KEY (variable, position)
) WITHOUT ROWID;

-- The reasons that a variable's answers may be missing for, whether or not anybody's is.
CREATE TABLE reason (
	variable TEXT NOT NULL, reason TEXT NOT NULL,
	PRIMARY KEY (variable, reason)
) WITHOUT ROWID;

CREATE TABLE missing (
	variable TEXT NOT NULL, respondent INTEGER NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (variable, respondent)
) WITHOUT ROWID;

-- Rows of somebody whom an earlier row is of: one key in several waves, imputations or instances of a repeated form. Without
-- a key nobody can tell, and it is empty.
CREATE TABLE again (
	respondent INTEGER PRIMARY KEY,
	first INTEGER NOT NULL -- the respondent of the first of these rows
);

-- Which items a score is made of, for its reliability. reversed 1: the item counts least + most - answer.
CREATE TABLE item (
	score TEXT NOT NULL, position INTEGER NOT NULL, -- from 1
	variable TEXT NOT NULL, reversed INTEGER NOT NULL,
	least REAL NOT NULL, most REAL NOT NULL,        -- the item's range
	PRIMARY KEY (score, position)
) WITHOUT ROWID;

-- What each derived variable is made of: variables of the dictionary, kept or not.
CREATE TABLE made_of (
	variable TEXT NOT NULL, input TEXT NOT NULL,
	study INTEGER NOT NULL, -- 1: the study made it; 0: an instrument
	PRIMARY KEY (variable, input)
) WITHOUT ROWID;

-- How the study's own are made, as a digest.
CREATE TABLE definition (
	variable TEXT PRIMARY KEY, digest TEXT NOT NULL
) WITHOUT ROWID;

-- How the sample was drawn and weighted. Items: lonely (fail | adjust | average | remove | certainty); weight, in words, for
-- results (weight, `raked to area, gender`; none: everybody counts alike); adjust (none | poststratify | rake); margins (as in the
-- config, comma and blank between). With replicate weights: replicates (jk1 | jkn | brr | fay | bootstrap), replicates_around (estimate |
-- mean), replicates_df (a number; rank: that of the weights less 1). Empty, as the tables below down to margin: respondents were drawn one by one, and count alike or
-- by the weight that they came with.
CREATE TABLE design (
	item TEXT PRIMARY KEY, value TEXT NOT NULL
) WITHOUT ROWID;

-- Who was drawn how. Strata and clusters are numbered from 1, in no order that tells anything; everybody is of stratum 1
-- where there are none, and a cluster of his or her own. start: the weight before it was adjusted.
CREATE TABLE drawn (
	respondent INTEGER PRIMARY KEY,
	stratum INTEGER NOT NULL, cluster INTEGER NOT NULL,
	start REAL
);

-- population: units (clusters where there are any) to draw from, for the finite-population correction; NULL: taken to be
-- without end.
CREATE TABLE stratum (
	stratum INTEGER PRIMARY KEY,
	population REAL
);

-- size: units that there were to draw from in the cluster, where the dataset gives it: its second stage.
CREATE TABLE cluster (
	cluster INTEGER PRIMARY KEY,
	size REAL NOT NULL
);

-- Weights that repeat the sample: the variance is the sum of scale times the square of how far the estimate moves.
CREATE TABLE replicate (
	replicate INTEGER PRIMARY KEY, -- from 1
	scale REAL NOT NULL
);
CREATE TABLE replicate_weight (
	respondent INTEGER NOT NULL, replicate INTEGER NOT NULL,
	weight REAL NOT NULL,
	PRIMARY KEY (respondent, replicate)
) WITHOUT ROWID;

-- The margins that weights were adjusted to: which of a margin's cells each respondent is in, as the variance needs it.
CREATE TABLE margin (
	margin INTEGER NOT NULL, respondent INTEGER NOT NULL, -- margin from 1
	cell INTEGER NOT NULL,                                -- from 1
	PRIMARY KEY (margin, respondent)
) WITHOUT ROWID;

-- What became of the rows of the exports, all sources together: validate's equation.
CREATE TABLE account (
	area TEXT NOT NULL,  -- an area's code; '' where the row has none
	status TEXT NOT NULL, reason TEXT NOT NULL, -- as in validated.db
	rows INTEGER NOT NULL,
	PRIMARY KEY (area, status, reason)
) WITHOUT ROWID;

-- Questions that not everybody is asked: they have a route (asked_if).
CREATE TABLE routed (
	variable TEXT PRIMARY KEY
) WITHOUT ROWID;

-- What was done to each variable of the dictionary on the way.
CREATE TABLE treatment (
	variable TEXT PRIMARY KEY,
	treatment TEXT NOT NULL -- kept | dropped | pseudonym | year | age | district | bands | top | bottom | ends | level
) WITHOUT ROWID;

-- What the dictionary asks of a file of records beyond the analysis table: column microdata of variables.csv, in its words
-- (keep | drop | bands:16 18 | top:5 | bottom:1 | broader). A variable without a row leaves as it stands here.
CREATE TABLE microdata (
	variable TEXT PRIMARY KEY, wish TEXT NOT NULL
) WITHOUT ROWID;

-- Of those with broader, the area too: which code is merged into which, column broader of codes.csv.
CREATE TABLE broader (
	variable TEXT NOT NULL, code TEXT NOT NULL, broader TEXT NOT NULL,
	PRIMARY KEY (variable, code)
) WITHOUT ROWID;

-- Which variables of the dictionary a question's route reads: whoever was asked it tells what he answered to those.
CREATE TABLE route (
	variable TEXT NOT NULL, reads TEXT NOT NULL,
	PRIMARY KEY (variable, reads)
) WITHOUT ROWID;

-- How many people stand out by what others may know of them: the variables here whose disclosure is quasi or direct, and
-- what is derived of such. Everybody's first row counts; a missing answer is one of its own. Both are empty where no
-- variable is known.
CREATE TABLE rare (
	without TEXT PRIMARY KEY, -- '': by all of these variables together; a variable: by all but this one
	people INTEGER NOT NULL,
	alone INTEGER NOT NULL,   -- people with whom nobody agrees
	pairs INTEGER NOT NULL    -- people with whom one other agrees
) WITHOUT ROWID;

CREATE TABLE rare_respondent (
	respondent INTEGER PRIMARY KEY,
	agree INTEGER NOT NULL -- 1: alone; 2: with one other
);
