-- protect: the decision about every cell of the study. Restricted: true values.
CREATE TABLE decision (
	cell INTEGER PRIMARY KEY,  -- as in compared.db
	condition TEXT NOT NULL,
	n INTEGER NOT NULL,
	published INTEGER NOT NULL, -- 1: some line of results rests on it; 0: a cell that only an attacker would compute
	status TEXT NOT NULL CHECK (status IN ('shown', 'hidden')),
	rule TEXT NOT NULL,        -- safe | threshold | zero | group | secondary | unpublished | not_confidential | structural | exception
	unsafe INTEGER NOT NULL,   -- 1: the audit demands protection
	reach INTEGER NOT NULL,    -- unsafe: the attacker's upper bound is at least this
	width INTEGER NOT NULL,    -- unsafe: and the interval at least so wide
	above INTEGER NOT NULL,    -- unsafe: upper protection level: the upper end lies at least so far above n
	below INTEGER NOT NULL,    -- unsafe: lower protection level: the lower end lies at least so far below n
	cost REAL NOT NULL,        -- what hiding it was taken to cost
	printed INTEGER,           -- shown: what stands in its place, rounded or perturbed; NULL: the count itself
	least INTEGER, most INTEGER, -- what everybody may know of a count that is not shown as it is; NULL: nothing
	band TEXT                  -- hidden: a word for its share of the base (none, some, most); NULL: there is none
);
-- The same of every sum: hidden with its cell, or though its count is shown.
CREATE TABLE measure_decision (
	measure INTEGER PRIMARY KEY, -- as in compared.db
	condition TEXT NOT NULL, variable TEXT NOT NULL,
	total REAL NOT NULL,
	published INTEGER NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('shown', 'hidden')),
	rule TEXT NOT NULL,        -- safe | with_cell | contributors | p_percent | dominance | secondary | unpublished
	unsafe INTEGER NOT NULL,   -- 1: by contributors, p_percent or dominance: what the attacker works out of it must reach
	above REAL NOT NULL, below REAL NOT NULL, -- so far above and below it: the protection levels
	review INTEGER NOT NULL,   -- 1: contributions may be negative, for which these rules are not defined: look at it
	cost REAL NOT NULL
);
CREATE TABLE policy (
	item TEXT PRIMARY KEY,     -- every key of the policy that has a value; exceptions (cells that are shown by one),
	                           -- pattern (whether it is the cheapest), method
	value TEXT NOT NULL
) WITHOUT ROWID;
