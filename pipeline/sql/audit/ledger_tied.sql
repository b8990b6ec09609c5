SELECT release, relation, kind, parent, part FROM tied ORDER BY release, relation, part
