-- The universe of cells (docs/design.md: the cell is the unit of disclosure), in compared.db with its true values, and in
-- withheld.db with only those that are shown. See pipeline/universe.h.
CREATE TABLE unit (
	unit INTEGER PRIMARY KEY,
	name TEXT NOT NULL, plural TEXT NOT NULL, confidential INTEGER NOT NULL,
	threshold INTEGER NOT NULL
);

CREATE TABLE cell (
	cell INTEGER PRIMARY KEY,
	unit INTEGER NOT NULL REFERENCES unit,
	condition TEXT NOT NULL UNIQUE, -- canonical: dataset, filter, then variable=code, sorted
	n INTEGER,                      -- unweighted; NULL in withheld.db where it is not shown as it is
	key INTEGER,                    -- compared.db: the sum of the people's record keys modulo 256; NULL: none are used
	least INTEGER, most INTEGER     -- withheld.db: what everybody may know of a count that is not shown as it is
	                                -- (rounded, perturbed, a band); NULL: nothing
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
	largest1 REAL, largest2 REAL, largest3 REAL, -- compared.db: the largest contributions by size; NULL: there are no
	                                             -- more, or no rule asks for them
	whole INTEGER NOT NULL,         -- 1: every unit contributes a whole number, and so is the sum
	UNIQUE (cell, variable)
);

-- One line of the long results: figures that are shown together or not at all.
CREATE TABLE result (
	result INTEGER PRIMARY KEY,
	analysis TEXT NOT NULL, dataset TEXT NOT NULL,
	statistic TEXT NOT NULL,  -- count | mean | weighted_mean | share | weighted_share | percentage | welch_anova | chi_square;
	                          -- of accounts: rows | cause | asked | answered | missing, and count; of reliability: count_complete |
	                          -- alpha | alpha_pairwise | omega | mean_inter_item_r | floor_share | ceiling_share, and with an
	                          -- item as the category (and a second as across) item_rest_r | alpha_if_dropped | inter_item_r;
	                          -- of comparisons: mean_difference | games_howell | hedges_g | share_difference | share_ratio |
	                          -- odds_ratio | fisher_exact | superiority | dunn | mann_whitney | p_holm |
	                          -- p_benjamini_hochberg | benchmark | published; beside the tests: omega_squared | eta_squared | cramers_v |
	                          -- cramers_v_corrected | kruskal_wallis | epsilon_squared | jonckheere_terpstra;
	                          -- on request: tukey_kramer | dunnett; of areas drawn together, beside those of rates:
	                          -- intraclass_correlation;
	                          -- of rates: events | share | benchmark | funnel_inner | funnel_outer, both also with
	                          -- _overdispersed | overdispersion | between_areas_sd | empirical_bayes |
	                          -- median_odds_ratio | heterogeneity | trend | control_chart | signal; standardised: crude_rate |
	                          -- expected | standardised_ratio | standardised_rate;
	                          -- of published estimates: estimate | published_limits | standard_error | benchmark |
	                          -- fay_herriot | fay_herriot_difference | areas_mean | between_areas_sd | i_squared |
	                          -- heterogeneity | trend | control_chart | signal
	outcome TEXT NOT NULL, category TEXT, -- variable, and a code of it or missing:REASON; exports/rows, and a status
	area TEXT,                -- an area's code, (none) where it is not known; NULL: all areas together
	across TEXT,              -- variable=code of a second variable
	comparator TEXT,          -- what the area is compared with: another area's code, rest (of the areas), a benchmark's name
	method TEXT, level REAL,  -- of the interval, per cent
	weight TEXT,
	family TEXT,              -- of an adjusted p: the tests that it is adjusted for, which stand in the arrangement of this name
	family_size INTEGER,      -- how many they are; NULL: none
	seed INTEGER,             -- of the random numbers that the method draws where it needs any; NULL: it never does
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
	name TEXT NOT NULL,       -- n | estimate | sd | se | low | high | statistic | df | df2 | p | p_adjusted | standing
	decimals INTEGER NOT NULL,
	value REAL,               -- NULL where refused; in withheld.db rounded to decimals, NULL where hidden
	printed TEXT,             -- withheld.db: as every format prints it; NULL where hidden or refused, but that of a hidden
	                          -- share a word may stand in its place
	numerator INTEGER REFERENCES cell, numerator_measure INTEGER REFERENCES measure,
	denominator INTEGER REFERENCES cell, factor REAL,
	UNIQUE (result, name)
);

-- A table, chart or display: lines, columns, and the figure at each crossing.
CREATE TABLE arrangement (
	arrangement INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL, -- table | account (of the data, not of the people: it gives way where something must be hidden)
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
	kind TEXT NOT NULL, -- area | group | region | country (of several areas) | total | test | category | question | cause | item | pair | pattern | option
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
