-- Every hidden cell that some line asks for: those that are unsafe first, the dearest of the others first.
SELECT d.condition, d.n, d.rule, d.unsafe, d.reach, d.width, d.cost, i.least, i.most, i.verdict
FROM protected.decision AS d
LEFT JOIN audited.interval AS i ON i.kind = 'cell' AND i.condition = d.condition
WHERE d.published AND d.status = 'hidden'
ORDER BY d.unsafe DESC, d.cost DESC, d.condition
