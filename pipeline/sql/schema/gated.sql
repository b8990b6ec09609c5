-- gate: why the chain went on. There is no such file where it stopped.
CREATE TABLE judged (
	finding TEXT PRIMARY KEY,  -- what the limit speaks of
	found INTEGER NOT NULL,    -- findings, each counted as often as it occurs
	accepted INTEGER NOT NULL, -- of these, accepted or corrected by the steward: they do not count
	at_most REAL NOT NULL,     -- findings
	rows INTEGER NOT NULL      -- the base of a limit in per cent: rows read; of a rule, those it could judge
) WITHOUT ROWID;
