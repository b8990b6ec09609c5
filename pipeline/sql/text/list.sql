-- One list of the page: open, medium, low or decided; or all (NULL), for the file.
SELECT f.identity, f.type, f.variable, f.confidence, f.reason, f.start, f.length, ifnull(f.placeholder, ''), ifnull(f.decision, ''),
       s.state, ifnull(o.key, ''), o.export, o.line, o.before, o.words, o.after
FROM main.found f JOIN temp.state s ON s.found = f.found JOIN temp.shown o ON o.found = f.found JOIN temp.type t ON t.type = f.type
WHERE :state IS NULL OR s.state = :state
ORDER BY CASE s.state WHEN 'open' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END, t.place, f.found;
