SELECT variable, count(*), sum(EXISTS (SELECT 1 FROM main.found f WHERE f.row = t.row AND f.variable = t.variable)),
       sum(EXISTS (SELECT 1 FROM main.found f WHERE f.row = t.row AND f.variable = t.variable AND f.placeholder IS NOT NULL))
FROM main.text t GROUP BY variable ORDER BY variable;
