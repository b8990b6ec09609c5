-- How each export was read, with its bytes. An input is known by its base name: where two exports share one, neither has a hash here.
SELECT s.name, s.platform, s.encoding, s.dates, s.decimal, coalesce(s.separator, ';'), i.bytes, i.sha256
FROM ingested.source AS s
     LEFT JOIN (SELECT substr(name, 8) AS base, bytes, sha256 FROM ingested.input WHERE role = 'export') AS i
     ON substr('/' || s.name, -length(i.base) - 1) = '/' || i.base
        AND (SELECT count(*) FROM ingested.source AS o WHERE substr('/' || o.name, -length(i.base) - 1) = '/' || i.base) = 1
ORDER BY s.source;
