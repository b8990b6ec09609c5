SELECT name, platform, coalesce(wave, ''), dates, lines, blank_lines, header_records, rows, unreadable, elsewhere, records
FROM ingested.source ORDER BY source;
