INSERT INTO rare SELECT :without, count(*), count(*) FILTER (WHERE agree = 1), count(*) FILTER (WHERE agree = 2) FROM agreeing
