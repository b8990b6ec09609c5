SELECT finding, identity, code, coalesce(rule, variable) FROM finding;
