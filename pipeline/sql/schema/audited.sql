-- audit: the attacker's interval of every hidden cell and measure, and the judge's verdict. Restricted: true values.
-- The same tables stand in audit-failed.db where the audit says no.
CREATE TABLE interval (
	kind TEXT NOT NULL,        -- cell | measure | earlier (a cell of an earlier release that this one has no more) |
	                           -- change (how many came or left since an earlier release; what is told who supposes that
	                           -- nobody did the one or the other) |
	                           -- insider (a cell of which an insider could work out too much; the rest of them are safe)
	number INTEGER NOT NULL,   -- cell or measure, as in withheld.db; else from 1
	condition TEXT NOT NULL,
	variable TEXT NOT NULL,    -- of a measure; '' of a cell
	insider TEXT NOT NULL,     -- the condition of the cell that the insider is in; '': anybody
	least REAL, most REAL,     -- NULL: no bound
	truth REAL,                -- NULL: of earlier: protected.db does not hold it
	published INTEGER NOT NULL, unsafe INTEGER NOT NULL, -- the demand, as in protected.db
	reach INTEGER NOT NULL, width INTEGER NOT NULL,
	above NUMERIC NOT NULL, below NUMERIC NOT NULL,
	verdict TEXT NOT NULL,     -- safe | recovered | too_narrow | below_reach | below_protection | inconsistent (our fault)
	by_records INTEGER NOT NULL, -- 1: it is not safe from whoever holds a public file of records, and from others it is
	PRIMARY KEY (kind, number)
) WITHOUT ROWID;
CREATE TABLE verdict (
	item TEXT PRIMARY KEY,     -- passed (1), hidden (cells), attacked (intervals), insiders (who attacked besides), releases, records (public files of
	                           -- records, also those of earlier releases), by_records (lines that these alone give away), undecided (cells not
	                           -- argued through by cases within the steps), method, and how
	                           -- many of each verdict but safe
	value TEXT NOT NULL
) WITHOUT ROWID;
