-- Exports whose account does not add up, and accounts of no export.
SELECT (SELECT count(*)
        FROM ingested.source AS s
             LEFT JOIN (SELECT source, sum(rows) AS told FROM account GROUP BY source) AS a ON a.source = s.source
             LEFT JOIN (SELECT w.source, count(*) AS judged
                        FROM judgement AS j JOIN ingested.answers AS w ON w.row = j.row GROUP BY w.source) AS j ON j.source = s.source
        WHERE s.rows + s.unreadable <> coalesce(told, 0) OR s.rows <> coalesce(judged, 0))
     + (SELECT count(DISTINCT source) FROM account WHERE source NOT IN (SELECT source FROM ingested.source))
