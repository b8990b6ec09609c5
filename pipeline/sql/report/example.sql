-- A finding that a steward may want to correct: a blanked answer before a rejected row before any other.
SELECT identity, code FROM finding ORDER BY severity = 'blank' DESC, severity = 'reject' DESC, finding LIMIT 1;
