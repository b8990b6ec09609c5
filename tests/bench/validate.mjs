// The checks of study.sh once more, by hand in SQL for DuckDB: node validate.mjs EXPORT FAILURES. Writes a line
// `check,row` for every row that fails a check. What is no answer is NULL in the checks that rest on it.
import { DuckDBInstance } from '@duckdb/node-api';

const [file, failures] = process.argv.slice(2);
const text = (value) => `'${value.replaceAll("'", "''")}'`;
const numbers = [], codes = [];
for (let i = 7; i <= 60; i++)
	(i % 2 ? codes : numbers).push(i);
const codesOf = "['Never', 'Sometimes', 'Often', 'Always']";

// --- the cells: as they came, as what they should be, and within their bounds ---

const typed = `
	SELECT rowid + 1 AS line, *, TRY_CAST(filled_in AS DATE) AS date,
		${numbers.map((i) => `TRY_CAST(q${i} AS INTEGER) AS n${i}`)}
	FROM export`;
const answers = `
	SELECT line, area, date, likes, session, filled_in,
		id AS written_id, CASE WHEN regexp_full_match(id, 'R[0-9]{7}') THEN id END AS id,
		CASE WHEN area IN ('north', 'south', 'east', 'west') THEN area END AS known_area,
		CASE WHEN date BETWEEN DATE '2026-01-01' AND DATE '2026-12-31' THEN date END AS day,
		CASE WHEN regexp_full_match(likes, '(walk|read|sing)(;(walk|read|sing))*') THEN likes END AS known_likes,
		list_contains(string_split(known_likes, ';'), 'walk') AS walks,
		${codes.map((i) => `q${i}, list_position(${codesOf}, q${i}) AS v${i}`)},
		${numbers.map((i) => `q${i}, n${i}, CASE WHEN n${i} BETWEEN 0 AND 10 THEN n${i} END AS v${i}`)}
	FROM typed`;

const checks = [];
const fails = (check, wrong) => checks.push(`SELECT ${text(check)} AS name, line FROM answers WHERE ${wrong}`);
const needs = (name, value) => fails(`required ${name}`, `${value} IS NULL`);

fails('pattern id', 'written_id IS NOT NULL AND id IS NULL');
needs('id', 'id');
fails('unique id', 'id IN (SELECT id FROM answers WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1)');
fails('code area', 'area IS NOT NULL AND known_area IS NULL');
needs('area', 'known_area');
fails('type filled_in', 'filled_in IS NOT NULL AND date IS NULL');
fails('range filled_in', 'date IS NOT NULL AND day IS NULL');
needs('filled_in', 'day');
fails('pattern session', "NOT regexp_full_match(session, 'S-[0-9]{4}')");
fails('code likes', 'likes IS NOT NULL AND known_likes IS NULL');
for (const i of codes)
	fails(`code q${i}`, `q${i} IS NOT NULL AND v${i} IS NULL`);
for (const i of numbers) {
	fails(`type q${i}`, `q${i} IS NOT NULL AND n${i} IS NULL`);
	fails(`range q${i}`, `n${i} IS NOT NULL AND v${i} IS NULL`);
}
for (let i = 7; i <= 23; i++)
	needs(`q${i}`, `v${i}`);

// --- several answers: a rule that cannot be judged has not failed ---

for (let i = 8; i <= 56; i += 2)
	fails(`rule sum_${i}`, `NOT v${i} + v${i + 2} + v${i + 4} >= 1`);
for (let i = 7; i <= 51; i += 2)
	fails(`rule always_${i}`, `v${i} = 4 AND v${i + 1} = 10 AND NOT (v${i + 2} > 1 OR v${i + 3} > 0)`);
for (let i = 8; i <= 50; i += 2)
	fails(`rule north_${i}`, `known_area = 'north' AND v${i} = 10 AND NOT v${i + 6} <> 0`);
for (let i = 8; i <= 50; i += 2)
	fails(`rule walk_${i}`, `walks AND day >= DATE '2026-03-15' AND NOT (v${i} < 10 OR v${i + 2} < 10)`);

const database = await (await DuckDBInstance.create(':memory:')).connect();
await database.run(`CREATE TABLE export AS SELECT * FROM read_csv(${text(file)}, header = true, all_varchar = true,
	delim = ',', quote = '"', escape = '"', new_line = '\\n')`);
await database.run(`CREATE TABLE answers AS WITH typed AS (${typed}) ${answers}`);
await database.run(`COPY (${checks.join('\nUNION ALL ')}) TO ${text(failures)} (FORMAT csv, HEADER false)`);
