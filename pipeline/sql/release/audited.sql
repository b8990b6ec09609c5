-- Whether the audit passed, and whether it read this withheld.db and this ledger ('' for none).
SELECT (SELECT value = '1' FROM verdict WHERE item = 'passed'),
	EXISTS (SELECT * FROM input WHERE role = 'withheld' AND sha256 = :withheld),
	coalesce((SELECT sha256 FROM input WHERE role = 'ledger'), '') = :ledger
