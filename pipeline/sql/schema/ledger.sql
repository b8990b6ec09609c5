-- steward/STUDY/ledger.sqlite: everything released so far, as it was published. Only `make release` adds to it.
-- A stage file that outlives the others: its own version stands in provenance.
INSERT INTO provenance VALUES ('ledger_version', '3');

CREATE TABLE released (
	release INTEGER PRIMARY KEY, -- from 1
	date TEXT NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL,
	population TEXT NOT NULL,    -- of all datasets together; unknown
	manifest TEXT NOT NULL       -- SHA-256 of the released manifest.json
);

-- Of whom each release was: who was accepted in each dataset, hashed. A dataset whose people have changed since is another one.
CREATE TABLE people (
	release INTEGER NOT NULL, dataset TEXT NOT NULL,
	population TEXT NOT NULL,
	PRIMARY KEY (release, dataset)
) WITHOUT ROWID;

-- Where the study's policy wants a ledger before the first release: who began it, and why. One row, or none.
CREATE TABLE begun (date TEXT NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL);

-- What each release showed: a canonical condition and its count; or a figure over conditions, in withheld's terms.
CREATE TABLE shown (
	release INTEGER NOT NULL, number INTEGER NOT NULL,
	numerator TEXT NOT NULL, variable TEXT NOT NULL, -- condition; variable is '' for a count, else a measure of it
	denominator TEXT NOT NULL, factor REAL NOT NULL, -- '' and 1: none
	value REAL NOT NULL, decimals INTEGER NOT NULL,
	PRIMARY KEY (release, number)
) WITHOUT ROWID;

-- What it hid, and what the audit demanded of it: a later release must not give it away either. Protection levels, which
-- are distances from the count, stand as the width that they make up: the ledger knows no hidden count.
CREATE TABLE hidden (
	release INTEGER NOT NULL, condition TEXT NOT NULL,
	no_zero INTEGER NOT NULL,    -- 1: everybody could work out that it is none
	published INTEGER NOT NULL, unsafe INTEGER NOT NULL, reach INTEGER NOT NULL, width INTEGER NOT NULL,
	PRIMARY KEY (release, condition)
) WITHOUT ROWID;

-- Of counts that were not shown as they are (rounded, perturbed, a band): what everybody may know of them.
CREATE TABLE known (
	release INTEGER NOT NULL, condition TEXT NOT NULL,
	least INTEGER, most INTEGER, -- NULL: no bound
	PRIMARY KEY (release, condition)
) WITHOUT ROWID;

-- What everybody knows of its cells: which sum up to, or are contained in, which; and the range of what was measured.
CREATE TABLE tied (
	release INTEGER NOT NULL, relation INTEGER NOT NULL, part TEXT NOT NULL,
	kind TEXT NOT NULL,          -- sum | contains
	parent TEXT NOT NULL,
	PRIMARY KEY (release, relation, part)
) WITHOUT ROWID;
CREATE TABLE measured (
	release INTEGER NOT NULL, condition TEXT NOT NULL, variable TEXT NOT NULL,
	least REAL, most REAL,
	PRIMARY KEY (release, condition, variable)
) WITHOUT ROWID;

-- Files of records that were handed over with a release.
CREATE TABLE handed_over (
	release INTEGER NOT NULL, dataset TEXT NOT NULL,
	access TEXT NOT NULL,        -- public: every later release is attacked by somebody who has it | safeguarded: by nobody
	population TEXT NOT NULL,    -- of whom it is, as in people; unknown
	records INTEGER NOT NULL,
	sha256 TEXT NOT NULL,        -- of anonymised.db, that it was made of
	PRIMARY KEY (release, dataset)
) WITHOUT ROWID;

-- By which protection: keys, k, l, missing and so on, as in the study's config.
CREATE TABLE handed_over_by (
	release INTEGER NOT NULL, dataset TEXT NOT NULL, item TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (release, dataset, item)
) WITHOUT ROWID;

-- What a public one holds, as anybody who has it does: what stands in anonymised.db under the same names, less what only
-- the steward may know of it. held_code: once for each code of the tables that a code of the file stands for.
CREATE TABLE held_variable (
	release INTEGER NOT NULL, dataset TEXT NOT NULL, variable TEXT NOT NULL,
	position INTEGER NOT NULL, type TEXT NOT NULL, role TEXT NOT NULL,
	least REAL, most REAL, bottom REAL, top REAL, treatment TEXT NOT NULL,
	hides_missing INTEGER NOT NULL, -- 1: what was blanked was missing in some record
	PRIMARY KEY (release, dataset, variable)
) WITHOUT ROWID;
CREATE TABLE held_code (
	release INTEGER NOT NULL, dataset TEXT NOT NULL, variable TEXT NOT NULL, position INTEGER NOT NULL,
	stands_for TEXT NOT NULL, code TEXT NOT NULL, label TEXT NOT NULL,
	PRIMARY KEY (release, dataset, variable, position, stands_for)
) WITHOUT ROWID;
CREATE TABLE held_value (
	release INTEGER NOT NULL, dataset TEXT NOT NULL, variable TEXT NOT NULL, record INTEGER NOT NULL,
	value,
	PRIMARY KEY (release, dataset, variable, record)
) WITHOUT ROWID;
CREATE TABLE held_missing (
	release INTEGER NOT NULL, dataset TEXT NOT NULL, variable TEXT NOT NULL, record INTEGER NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (release, dataset, variable, record)
) WITHOUT ROWID;

-- What could be worked out from it besides: as in anonymised.db.
CREATE TABLE held_derivable_variable (
	release INTEGER NOT NULL, dataset TEXT NOT NULL, variable TEXT NOT NULL,
	type TEXT NOT NULL, least REAL, most REAL, definition TEXT NOT NULL,
	PRIMARY KEY (release, dataset, variable)
) WITHOUT ROWID;
CREATE TABLE held_derivable (
	release INTEGER NOT NULL, dataset TEXT NOT NULL, variable TEXT NOT NULL, record INTEGER NOT NULL,
	value, reason TEXT NOT NULL,
	PRIMARY KEY (release, dataset, variable, record)
) WITHOUT ROWID;
