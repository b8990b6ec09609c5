SELECT identity, code FROM temp.gone ORDER BY code, identity LIMIT :places;
