SELECT identity, code, severity, coalesce(rule, variable), occurrences FROM finding ORDER BY finding;
