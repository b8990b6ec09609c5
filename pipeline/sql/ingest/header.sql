INSERT INTO header VALUES (:source, :position, :header, :text, :variable, :option, :dropped)
