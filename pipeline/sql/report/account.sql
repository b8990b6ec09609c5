-- The equation, by export and area: one column for each status. Rows of a status that no column knows make it not add up.
SELECT source, area,
       coalesce(sum(rows) FILTER (WHERE status = 'accepted'), 0),
       coalesce(sum(rows) FILTER (WHERE status = 'set_aside'), 0),
       coalesce(sum(rows) FILTER (WHERE status = 'duplicate'), 0),
       coalesce(sum(rows) FILTER (WHERE status = 'preview'), 0),
       coalesce(sum(rows) FILTER (WHERE status = 'withdrawn'), 0),
       coalesce(sum(rows) FILTER (WHERE status = 'unreadable'), 0),
       sum(rows)
FROM account GROUP BY source, area ORDER BY source, area = '', area;
