-- From what a variable follows, a recipe a group of rows. nearly 0: from all of these together alone.
-- made of it: the inputs, and what is made of no others than these
SELECT variable, '' AS recipe, input, 1 AS nearly FROM made_of
UNION
SELECT DISTINCT of.variable, '', other.variable, 1
FROM made_of AS of JOIN made_of AS other ON other.input = of.input AND other.variable <> of.variable
WHERE NOT EXISTS (SELECT 1 FROM made_of AS beyond
	WHERE beyond.variable = other.variable
		AND beyond.input NOT IN (SELECT input FROM made_of WHERE made_of.variable = of.variable))
UNION
-- an item: its score, and the other items
SELECT item.variable, item.score, item.score, 0 FROM item
UNION
SELECT item.variable, item.score, other.variable, 0
FROM item JOIN item AS other ON other.score = item.score AND other.variable <> item.variable
ORDER BY 1, 2, 3
