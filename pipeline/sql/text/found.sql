SELECT found, row, variable, start, length FROM main.found ORDER BY found;
