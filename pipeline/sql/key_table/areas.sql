SELECT area, code, label FROM area ORDER BY area
