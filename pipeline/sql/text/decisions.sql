SELECT line, finding, decision, expired, used FROM main.decision ORDER BY line;
