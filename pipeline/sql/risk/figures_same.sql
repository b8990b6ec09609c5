-- How many of them are what they were.
SELECT count(*) FROM utility WHERE statistic <> 'blanked' AND area = '' AND before IS after
