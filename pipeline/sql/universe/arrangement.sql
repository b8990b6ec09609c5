INSERT INTO arrangement (arrangement, name, kind, analysis, title, base, method)
VALUES (:id, :name, :kind, :analysis, :title, :base, :method)
