INSERT INTO account
SELECT area, status, reason, sum(rows) FROM validated.account GROUP BY area, status, reason;
