INSERT INTO meaning (source, variable, exported, low, high, code, missing)
VALUES (:source, :variable, :exported, :low, :high, :code, :missing)
