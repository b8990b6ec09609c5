SELECT release, relation, kind, parent, part FROM named_tied ORDER BY release, relation, part
