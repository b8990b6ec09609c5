SELECT source, name, platform, coalesce(wave, ''), dates, lines, blank_lines, records, rows, unreadable, header_records, elsewhere,
       (SELECT coalesce(sum(a.rows), 0) FROM account AS a WHERE a.source = s.source)
FROM ingested.source AS s ORDER BY source;
