SELECT line, finding, decision, expired, used FROM decision ORDER BY line;
