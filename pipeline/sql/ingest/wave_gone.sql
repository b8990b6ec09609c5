-- Variables without a column in this export that some export of the wave before had one for.
SELECT this.source, before.variable
FROM temp.wave AS this
JOIN temp.wave AS earlier ON earlier.headers = this.headers AND earlier.wave = this.wave - 1
JOIN header AS before ON before.source = earlier.source AND before.variable IS NOT NULL
EXCEPT
SELECT source, variable FROM header
ORDER BY 1, 2
