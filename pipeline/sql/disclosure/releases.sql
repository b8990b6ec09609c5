SELECT release, date, by, why FROM ledger.released ORDER BY release
