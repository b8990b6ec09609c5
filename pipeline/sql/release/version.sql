SELECT CAST(value AS INTEGER) FROM provenance WHERE item = 'ledger_version'
