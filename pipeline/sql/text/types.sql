SELECT t.words, f.type, sum(f.confidence = 'high'), sum(s.state = 'open'), sum(f.confidence = 'medium'), sum(f.confidence = 'low'),
       count(f.placeholder), sum(f.decision IS 'keep')
FROM main.found f JOIN temp.state s ON s.found = f.found JOIN temp.type t ON t.type = f.type
GROUP BY f.type ORDER BY t.place;
