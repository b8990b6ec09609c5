-- By code: findings that are new, still open, still there and settled by the steward; and those of the seen file that are gone.
-- What changed comes first.
SELECT code, sum(new), sum(gone), sum(open), sum(settled)
FROM (SELECT f.code, s.identity IS NULL AS new, s.identity IS NOT NULL AND t.finding IS NULL AS open,
             s.identity IS NOT NULL AND t.finding IS NOT NULL AS settled, 0 AS gone
      FROM finding AS f LEFT JOIN temp.seen AS s ON s.identity = f.identity AND s.code = f.code
           LEFT JOIN temp.settled AS t ON t.finding = f.finding
      UNION ALL
      SELECT code, 0, 0, 0, 1 FROM temp.gone)
GROUP BY code ORDER BY sum(new) > 0 DESC, sum(gone) > 0 DESC, code;
