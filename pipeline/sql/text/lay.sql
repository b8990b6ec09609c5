-- What was found, with the words around it, for the page and the file; and the types in the order of the scanner.
CREATE TEMP TABLE shown (
	found INTEGER PRIMARY KEY,
	key TEXT,                -- whose text; NULL: the row has none
	export TEXT NOT NULL, line INTEGER NOT NULL,
	before TEXT NOT NULL, words TEXT NOT NULL, after TEXT NOT NULL
);
CREATE TEMP TABLE type (
	type TEXT PRIMARY KEY,
	place INTEGER NOT NULL, words TEXT NOT NULL
) WITHOUT ROWID;
CREATE TEMP VIEW state AS
	SELECT found, CASE WHEN decision IS NOT NULL THEN 'decided' WHEN confidence = 'high' THEN 'open' ELSE confidence END AS state
	FROM main.found;
