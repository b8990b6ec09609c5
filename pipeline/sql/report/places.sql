-- The first places of one code. Every variable (or rule) has its turn before one comes twice.
SELECT identity, s.name, line, record, coalesce(rule, variable), key, value, expected, suggestion, occurrences
FROM (SELECT *, row_number() OVER (PARTITION BY rule, variable ORDER BY finding) AS nth
      FROM finding WHERE code = :code AND severity = :severity) AS f
     LEFT JOIN ingested.source AS s ON s.source = f.source
ORDER BY nth, finding LIMIT :places;
