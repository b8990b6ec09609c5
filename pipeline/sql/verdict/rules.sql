-- Every rule; limit_per_cent is NULL where it has none.
SELECT rule, limit_per_cent, holds + broken FROM rule ORDER BY rule;
