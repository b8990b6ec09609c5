SELECT DISTINCT area FROM completeness WHERE rows > 0 ORDER BY area = '', area;
