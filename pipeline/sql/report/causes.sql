-- What explains many findings at once, of those that the steward has not settled: each finding has one cause, the one nearest to
-- the file. `column`: a column is missing, and all its answers with it; `header`: is missing, spoilt or reworded in that file; `file`: the file's letters are damaged, and the answer
-- shows it; `text`: one text in one column, again and again; `place`: one column, rule or file.
WITH
open AS (
	SELECT f.* FROM finding AS f WHERE f.finding NOT IN (SELECT finding FROM temp.settled)
),
header AS (
	SELECT source, variable, min(finding) AS finding FROM open
	WHERE source IS NOT NULL AND variable IS NOT NULL
	      AND (code GLOB 'header-*' OR code IN ('wave-column-gone', 'wave-label-changed', 'wave-code-new'))
	GROUP BY source, variable
),
letters AS (
	SELECT source, min(finding) AS finding FROM open WHERE code IN ('file-mojibake', 'file-char-lost') GROUP BY source
),
symptom AS (
	SELECT o.code, o.severity, o.source, o.variable, o.rule, o.value, o.occurrences, h.finding AS header, l.finding AS letters,
	       iif(o.code GLOB 'cell-*', sum(o.occurrences) OVER (PARTITION BY o.code, o.severity, o.variable, o.value), 0) AS same
	FROM open AS o
	     LEFT JOIN header AS h ON h.source = o.source AND h.variable = o.variable
	                              AND (o.code GLOB 'cell-*' OR o.code GLOB 'route-*' OR o.code GLOB 'key-foreign-*' OR o.code = 'row-required')
	     LEFT JOIN letters AS l ON l.source = o.source AND o.code GLOB 'cell-*'
	                               AND (instr(o.value, char(65533)) OR instr(o.value, char(195)) OR instr(o.value, char(226, 8364)))
	WHERE o.code NOT GLOB 'file-*' AND o.code NOT GLOB 'header-*' AND o.code NOT GLOB 'wave-*'
	      AND (o.severity <> 'note' OR h.finding IS NOT NULL)
),
caused AS (
	SELECT *, CASE WHEN header IS NOT NULL THEN 'header' WHEN letters IS NOT NULL THEN 'file'
	               WHEN same >= :same AND value <> '' THEN 'text' ELSE 'place' END AS kind
	FROM symptom
),
cause AS (
	SELECT kind, iif(kind = 'header', header, iif(kind = 'file', letters, NULL)) AS finding, code, severity,
	       iif(kind = 'text' OR rule IS NOT NULL, NULL, source) AS source, variable, rule, iif(kind = 'text', value, NULL) AS value, sum(occurrences) AS n
	FROM caused
	GROUP BY 1, 2, 3, 4, 5, iif(kind = 'file', NULL, variable), rule, 8
	HAVING kind IN ('header', 'file', 'text')
	       -- that the only file holds all of them explains nothing
	       OR (n >= :place AND (coalesce(variable, rule) IS NOT NULL OR (SELECT count(*) FROM ingested.source) > 1))
	UNION ALL
	SELECT 'column', o.finding, o.code, o.severity, o.source, o.variable, NULL, NULL, s.rows
	FROM open AS o JOIN ingested.source AS s ON s.source = o.source
	WHERE o.code = 'header-column-missing' AND o.expected IS NULL AND s.rows > 0
)
SELECT kind, f.code, f.severity, c.code, c.severity, s.name, iif(kind = 'file', NULL, c.variable), c.rule, c.value, n,
       iif(kind = 'column', n, (SELECT sum(occurrences) FROM open AS o WHERE o.code = c.code AND o.severity = c.severity))
FROM cause AS c LEFT JOIN finding AS f ON f.finding = c.finding LEFT JOIN ingested.source AS s ON s.source = c.source
ORDER BY iif(c.finding IS NULL, n, sum(n) OVER (PARTITION BY c.finding)) DESC, c.finding, n DESC, c.code, c.severity, c.source, c.variable,
         c.rule, c.value;
