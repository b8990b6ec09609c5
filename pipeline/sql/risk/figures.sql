-- How many figures of all areas together there are.
SELECT count(*) FROM utility WHERE statistic <> 'blanked' AND area = ''
