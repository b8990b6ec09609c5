-- The counts that are shown by an exception, or are the same people as one that is.
SELECT condition FROM protected.decision WHERE rule = 'exception' ORDER BY condition
