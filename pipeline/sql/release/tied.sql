INSERT INTO tied (release, relation, part, kind, parent)
SELECT (SELECT max(release) FROM released), relation.relation, child.condition, relation.kind, parent.condition
FROM withheld.relation
JOIN withheld.cell AS parent ON parent.cell = relation.parent
JOIN withheld.part USING (relation)
JOIN withheld.cell AS child ON child.cell = part.cell
ORDER BY relation.relation, child.condition
