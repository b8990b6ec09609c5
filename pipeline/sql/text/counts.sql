SELECT (SELECT count(*) FROM main.text), (SELECT count(*) FROM main.found), (SELECT count(*) FROM temp.state WHERE state = 'open'),
       (SELECT count(*) FROM temp.state WHERE state = 'medium'), (SELECT count(*) FROM temp.state WHERE state = 'low'),
       (SELECT count(*) FROM temp.state WHERE state = 'decided');
