SELECT DISTINCT variable FROM completeness ORDER BY variable;
