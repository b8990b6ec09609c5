-- Headers of a later wave that the dictionary does not name, and that no export of an earlier wave had.
WITH first AS (
	SELECT wave.headers, header.header, min(wave.wave) AS wave
	FROM temp.wave JOIN header USING (source)
	GROUP BY wave.headers, header.header
)
SELECT wave.source, header.header, min(header.text)
FROM temp.wave JOIN header USING (source) JOIN first ON first.headers = wave.headers AND first.header = header.header
WHERE header.variable IS NULL AND header.dropped = 0 AND header.header <> '' AND wave.wave > 1 AND first.wave = wave.wave
GROUP BY wave.source, header.header
ORDER BY 1, 2
