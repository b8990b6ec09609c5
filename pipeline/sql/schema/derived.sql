-- derive: what the instruments define, over the accepted rows. Beside these stands the table scores (row, and one column for
-- each derived variable: REAL, or for a band the position of its code from 1; NULL where it is missing).
CREATE TABLE derived (
	variable TEXT PRIMARY KEY,
	position INTEGER NOT NULL,
	label TEXT NOT NULL,
	type TEXT NOT NULL,        -- number | code
	level TEXT NOT NULL, unit TEXT, polarity TEXT, domain TEXT,
	least REAL, most REAL,     -- the range that the instrument allows
	instrument TEXT NOT NULL, source TEXT NOT NULL
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

-- Why a derived value is missing.
CREATE TABLE unscored (
	row INTEGER NOT NULL, variable TEXT NOT NULL,
	missing TEXT NOT NULL,
	PRIMARY KEY (row, variable)
) WITHOUT ROWID;
