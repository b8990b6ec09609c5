SELECT rule, coalesce(message, ''), holds, broken, unknowable, not_applicable, limit_per_cent FROM rule ORDER BY rule;
