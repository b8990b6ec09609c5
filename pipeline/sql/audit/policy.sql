-- Counts below the threshold are hidden. A policy without a word on zeros is none that withhold wrote.
SELECT item, value FROM policy
WHERE item <> 'threshold' OR EXISTS (SELECT 1 FROM policy WHERE item = 'zeros' AND value IN ('shown', 'hidden'))
