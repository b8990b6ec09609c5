SELECT release, manifest FROM released ORDER BY release DESC LIMIT 1
