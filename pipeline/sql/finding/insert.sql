INSERT INTO finding (identity, code, severity, source, row, line, record, variable, rule, key, value, expected, suggestion,
                     occurrences)
VALUES (:identity, :code, :severity, :source, :row, :line, :record, :variable, :rule, :key, :value, :expected, :suggestion,
        :occurrences);
