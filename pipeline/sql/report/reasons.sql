SELECT status, reason, sum(rows) FROM account WHERE status <> 'accepted' GROUP BY status, reason ORDER BY sum(rows) DESC, status, reason;
