-- Variables whose question reads in another way than in the last wave that asked it, blanks and case apart. Of a question
-- with boxes, box by box.
WITH worded AS (
	SELECT wave.source, wave.headers, wave.wave, variable, coalesce(option, '') AS option,
		lower(replace(replace(replace(replace(text, ' ', ''), char(9), ''), char(10), ''), char(13), '')) AS words
	FROM temp.wave JOIN header USING (source)
	WHERE variable IS NOT NULL AND text <> ''
), asked AS (
	SELECT this.source, this.headers, this.variable, this.option, this.words, max(before.wave) AS last
	FROM worded AS this
	JOIN worded AS before USING (headers, variable, option)
	WHERE before.wave < this.wave
	GROUP BY this.source, this.variable, this.option, this.words
)
SELECT DISTINCT asked.source, asked.variable
FROM asked LEFT JOIN worded AS before ON before.headers = asked.headers AND before.wave = asked.last
	AND before.variable = asked.variable AND before.option = asked.option AND before.words = asked.words
WHERE before.source IS NULL
ORDER BY 1, 2
