-- What stands in the place of each count, where counts are rounded or perturbed; hidden ones without.
SELECT cell, n, iif(status = 'hidden', NULL, coalesce(printed, n)) FROM protected.decision
WHERE EXISTS (SELECT 1 FROM protected.decision WHERE printed IS NOT NULL) ORDER BY cell
