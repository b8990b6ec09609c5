-- Where a row came from: the export and the line in it.
SELECT s.name, a.line FROM answers a JOIN source s ON s.source = a.source WHERE a.row = :row;
