INSERT INTO header VALUES (:source, :position, :header, :variable)
