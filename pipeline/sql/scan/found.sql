INSERT INTO found (identity, row, variable, type, confidence, start, length, reason, placeholder, decision)
VALUES (:identity, :row, :variable, :type, :confidence, :start, :length, :reason, :placeholder, :decision);
