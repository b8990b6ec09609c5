-- How many values of each variable were blanked, of how many that the file would have.
SELECT variable.label, count(blanked.record), (SELECT count(*) FROM records)
FROM variable LEFT JOIN blanked USING (variable)
WHERE variable.key IS NOT NULL
GROUP BY variable.variable ORDER BY variable.key
