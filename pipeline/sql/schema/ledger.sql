-- steward/STUDY/ledger.sqlite: everything released so far, as it was published. Only `make release` adds to it.
CREATE TABLE released (
	release INTEGER PRIMARY KEY, -- from 1
	date TEXT NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL,
	population TEXT NOT NULL,    -- keyed hash of the accepted respondents of every dataset
	manifest TEXT NOT NULL       -- SHA-256 of the released manifest.json
);
-- What each release showed: a canonical condition and its count; or a figure over conditions, in withheld's terms.
CREATE TABLE shown (
	release INTEGER NOT NULL, number INTEGER NOT NULL,
	numerator TEXT NOT NULL, variable TEXT NOT NULL, -- condition; variable is '' for a count, else a measure of it
	denominator TEXT NOT NULL, factor REAL NOT NULL, -- '' and 1: none
	value REAL NOT NULL, decimals INTEGER NOT NULL,
	PRIMARY KEY (release, number)
) WITHOUT ROWID;
