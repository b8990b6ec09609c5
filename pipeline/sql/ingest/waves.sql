-- Which wave an export is of: a number for each wave of one profile of headers, in their order.
CREATE TEMP TABLE wave (source INTEGER PRIMARY KEY, headers TEXT NOT NULL, wave INTEGER NOT NULL)
