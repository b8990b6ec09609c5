-- name{what it is made of; digest}: variables of the dictionary, and the scores that are made of some of them.
SELECT variable, variable || '{' || (SELECT group_concat(name, ',') FROM (
	SELECT input AS name FROM made_of WHERE made_of.variable = definition.variable
	UNION
	SELECT score.variable FROM made_of JOIN made_of AS score ON score.input = made_of.input
	WHERE made_of.variable = definition.variable AND score.study = 0
	ORDER BY name)) || ';' || digest || '}'
FROM definition
