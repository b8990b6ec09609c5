-- The universe of cells (DESIGN: the cell is the unit of disclosure), in compared.db with its true values, and in
-- withheld.db with only those that are shown. See pipeline/cell.h.
CREATE TABLE unit (
	unit INTEGER PRIMARY KEY,
	name TEXT NOT NULL, plural TEXT NOT NULL, confidential INTEGER NOT NULL,
	threshold INTEGER NOT NULL
);

CREATE TABLE cell (
	cell INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL REFERENCES unit,
	condition TEXT NOT NULL UNIQUE, -- canonical: dataset, filter, then variable=code, sorted
	n INTEGER                       -- unweighted; NULL in withheld.db where it is not shown
);

-- sum: the parent is the sum of its parts. contains: the parent contains each part, which may overlap.
CREATE TABLE relation (
	relation INTEGER PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('sum', 'contains')),
	parent INTEGER NOT NULL REFERENCES cell
);
CREATE TABLE part (
	relation INTEGER NOT NULL REFERENCES relation, cell INTEGER NOT NULL REFERENCES cell,
	PRIMARY KEY (relation, cell)
) WITHOUT ROWID;

-- The sum of a variable over a cell; every unit contributes between least and most (NULL: no bound known).
CREATE TABLE measure (
	measure INTEGER PRIMARY KEY,
	cell INTEGER NOT NULL REFERENCES cell,
	variable TEXT NOT NULL,
	least REAL, most REAL,
	total REAL,                     -- NULL in withheld.db
	UNIQUE (cell, variable)
);

-- One line of the long results: figures that are shown together or not at all.
CREATE TABLE result (
	result INTEGER PRIMARY KEY,
	analysis TEXT NOT NULL, dataset TEXT NOT NULL,
	statistic TEXT NOT NULL,  -- count | mean | weighted_mean | share | weighted_share | percentage | welch_anova | chi_square
	outcome TEXT NOT NULL, category TEXT, -- variable, and a code of it
	area TEXT,                -- an area's code; NULL: all areas together
	across TEXT,              -- variable=code of a second variable
	method TEXT, level REAL,  -- of the interval, per cent
	weight TEXT,
	status TEXT NOT NULL,     -- ok | refused; in withheld.db also hidden
	reason TEXT,              -- reason code where refused
	flags TEXT,               -- reason codes of cautions, blank between
	denominator TEXT          -- the base in words
);
CREATE TABLE rests (
	result INTEGER NOT NULL REFERENCES result, cell INTEGER NOT NULL REFERENCES cell,
	PRIMARY KEY (result, cell)
) WITHOUT ROWID;
CREATE TABLE rests_measure (
	result INTEGER NOT NULL REFERENCES result, measure INTEGER NOT NULL REFERENCES measure,
	PRIMARY KEY (result, measure)
) WITHOUT ROWID;

-- A number as it will be printed. numerator (a cell or a measure), denominator (a cell) and factor say what a reader can
-- take from it: value = factor * numerator / denominator; no denominator: value = numerator; none of them: nothing linear.
CREATE TABLE figure (
	figure INTEGER PRIMARY KEY,
	result INTEGER NOT NULL REFERENCES result,
	name TEXT NOT NULL,       -- n | estimate | sd | se | low | high | statistic | df | df2 | p
	decimals INTEGER NOT NULL,
	value REAL,               -- NULL where refused; in withheld.db rounded to decimals, NULL where hidden
	printed TEXT,             -- withheld.db: as every format prints it; NULL where hidden or refused
	numerator INTEGER REFERENCES cell, numerator_measure INTEGER REFERENCES measure,
	denominator INTEGER REFERENCES cell, factor REAL,
	UNIQUE (result, name)
);

-- A table, chart or display: lines, columns, and the figure at each crossing.
CREATE TABLE arrangement (
	arrangement INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, -- table
	analysis TEXT NOT NULL, title TEXT NOT NULL,
	base TEXT NOT NULL, method TEXT NOT NULL -- in words
);
CREATE TABLE arrangement_column (
	arrangement INTEGER NOT NULL, position INTEGER NOT NULL,
	heading TEXT NOT NULL, unit TEXT,
	PRIMARY KEY (arrangement, position)
) WITHOUT ROWID;
CREATE TABLE arrangement_line (
	arrangement INTEGER NOT NULL, position INTEGER NOT NULL,
	heading TEXT NOT NULL, code TEXT,
	kind TEXT NOT NULL, -- area | total | test | category
	PRIMARY KEY (arrangement, position)
) WITHOUT ROWID;
CREATE TABLE entry (
	arrangement INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL,
	figure INTEGER NOT NULL REFERENCES figure,
	PRIMARY KEY (arrangement, line, column)
) WITHOUT ROWID;
CREATE TABLE note (
	arrangement INTEGER NOT NULL, position INTEGER NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (arrangement, position)
) WITHOUT ROWID;

CREATE TABLE label (           -- words for the codes that results and arrangements use
	kind TEXT NOT NULL,        -- variable | code | area
	name TEXT NOT NULL,        -- variable; variable=code; area code
	label TEXT NOT NULL,
	PRIMARY KEY (kind, name)
) WITHOUT ROWID;
