-- Sums that are hidden, or to be looked at, though their count is shown.
SELECT m.condition, m.variable, m.total, m.rule, i.least, i.most, m.above, m.below, i.verdict, m.review
FROM protected.measure_decision AS m
LEFT JOIN audited.interval AS i ON i.kind = 'measure' AND i.condition = m.condition AND i.variable = m.variable
WHERE m.published AND (m.review OR (m.status = 'hidden' AND m.rule IN ('contributors', 'p_percent', 'dominance', 'secondary')))
ORDER BY m.unsafe DESC, m.condition, m.variable
