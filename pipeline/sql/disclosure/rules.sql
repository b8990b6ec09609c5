SELECT rule, count(*), sum(n) FROM protected.decision WHERE published AND status = 'hidden' GROUP BY rule ORDER BY count(*) DESC, rule
