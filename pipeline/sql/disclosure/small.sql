-- The counts that some line asks for and that are not hidden for others' sake: what merging could save.
SELECT condition, n, unsafe, reach FROM protected.decision
WHERE published AND rule IN ('threshold', 'safe', 'secondary') ORDER BY condition
