-- The decisions that an exception may be about.
SELECT condition, n, rule, status FROM protected.decision WHERE rule = 'exception' ORDER BY condition
