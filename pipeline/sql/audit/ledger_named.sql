-- What the ledger holds under names that a later release can be told from: the condition itself where its dataset is of the
-- same people still; else with the first release before it that was of those people. A condition begins with its dataset.
CREATE TEMP TABLE now (dataset TEXT PRIMARY KEY, population TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE naming (
	release INTEGER NOT NULL, dataset TEXT NOT NULL,
	prefix TEXT NOT NULL,
	PRIMARY KEY (release, dataset)
) WITHOUT ROWID;
CREATE TEMP VIEW named_hidden AS
SELECT release,
	coalesce((SELECT prefix FROM naming WHERE naming.release = hidden.release
		AND dataset = substr(condition, 1, instr(condition || ' ', ' ') - 1)), '') || condition AS condition,
	no_zero, published, unsafe, reach, width
FROM hidden;
CREATE TEMP VIEW named_known AS
SELECT release,
	coalesce((SELECT prefix FROM naming WHERE naming.release = known.release
		AND dataset = substr(condition, 1, instr(condition || ' ', ' ') - 1)), '') || condition AS condition,
	least, most
FROM known;
CREATE TEMP VIEW named_measured AS
SELECT release,
	coalesce((SELECT prefix FROM naming WHERE naming.release = measured.release
		AND dataset = substr(condition, 1, instr(condition || ' ', ' ') - 1)), '') || condition AS condition,
	variable, least, most
FROM measured;
CREATE TEMP VIEW named_shown AS
SELECT release, number,
	coalesce((SELECT prefix FROM naming WHERE naming.release = shown.release
		AND dataset = substr(numerator, 1, instr(numerator || ' ', ' ') - 1)), '') || numerator AS numerator,
	variable,
	CASE denominator WHEN '' THEN '' ELSE coalesce((SELECT prefix FROM naming WHERE naming.release = shown.release
		AND dataset = substr(denominator, 1, instr(denominator || ' ', ' ') - 1)), '') || denominator
	END AS denominator,
	factor, value, decimals
FROM shown;
CREATE TEMP VIEW named_tied AS
SELECT release, relation, kind,
	coalesce((SELECT prefix FROM naming WHERE naming.release = tied.release
		AND dataset = substr(parent, 1, instr(parent || ' ', ' ') - 1)), '') || parent AS parent,
	coalesce((SELECT prefix FROM naming WHERE naming.release = tied.release
		AND dataset = substr(part, 1, instr(part || ' ', ' ') - 1)), '') || part AS part
FROM tied;
