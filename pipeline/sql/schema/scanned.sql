-- scan: the texts of a dataset that are redacted, and what tells in them who somebody is. It stays in restricted/: a
-- redacted text is no anonymous one, as no tool finds everything.
CREATE TABLE text (
	row INTEGER NOT NULL,        -- in ingested.db; accepted rows with an answer only
	variable TEXT NOT NULL,
	redacted TEXT NOT NULL,      -- the answer, with a placeholder for each thing that is replaced
	PRIMARY KEY (row, variable)
) WITHOUT ROWID;

-- Offsets are of the answer as it was accepted, without blanks around it, in code points from 0.
CREATE TABLE found (
	found INTEGER PRIMARY KEY,   -- in the order of the rows, of the dictionary's variables and of the words
	identity TEXT NOT NULL,      -- 12 hexadecimal digits: what decisions.csv names
	row INTEGER NOT NULL,
	variable TEXT NOT NULL,
	type TEXT NOT NULL,          -- phone, postcode, person, ...
	confidence TEXT NOT NULL,    -- high | medium | low
	start INTEGER NOT NULL, length INTEGER NOT NULL,
	reason TEXT NOT NULL,        -- why it was found, without a word of the text
	placeholder TEXT,            -- what stands in its place, such as [phone 1]; NULL: it is not replaced
	decision TEXT                -- redact | keep, as the steward decided; NULL: nothing was decided
);

-- Which of the steward's decisions about texts did something. used 0: it matches nothing, or has expired.
CREATE TABLE decision (
	line INTEGER PRIMARY KEY,    -- in decisions.csv
	finding TEXT NOT NULL, decision TEXT NOT NULL,
	expired INTEGER NOT NULL, used INTEGER NOT NULL
);
