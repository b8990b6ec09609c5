SELECT count(*) FROM withheld.figure JOIN withheld.result USING (result) WHERE status <> 'refused'
