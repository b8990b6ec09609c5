SELECT variable, area, missing, rows FROM completeness WHERE rows > 0 ORDER BY variable, area, missing;
