SELECT area, status, reason, rows FROM account ORDER BY area, status, reason
