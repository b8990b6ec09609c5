#!/bin/sh
# Whoever has several rows, in waves, is one person to risk and to anonymise alike, before and in the file that leaves.
. tests/studies/place.sh
begin "$1"

# 12 people of one town, four of each age; six rows of the first at another age, which agree with each other alone
{
	echo 'BEGIN;'
	cat "$root/pipeline/sql/schema/common.sql" "$root/pipeline/sql/schema/deidentified.sql"
	cat <<-'SQL'
		INSERT INTO provenance VALUES ('stage', 'deidentify'), ('dataset', 'survey');
		INSERT INTO unit VALUES ('person', 'people', 1, 0);
		INSERT INTO variable VALUES
		 ('town', 1, 'Town', NULL, 'code', 'nominal', NULL, NULL, NULL, 'quasi', NULL, NULL, 1, NULL, ''),
		 ('age', 2, 'Age', NULL, 'code', 'nominal', NULL, NULL, NULL, 'quasi', NULL, NULL, 1, NULL, '');
		INSERT INTO code VALUES ('town', 1, 'a', 'A'), ('age', 1, '16', '16'), ('age', 2, '17', '17'), ('age', 3, '18', '18'),
		 ('age', 4, '19', '19');
		CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, area INTEGER, weight REAL, pseudonym TEXT, town, age);
		WITH RECURSIVE row(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE n < 18)
		INSERT INTO respondents SELECT n, NULL, NULL, NULL, 1, CASE WHEN n <= 12 THEN 1 + (n - 1) % 3 ELSE 4 END FROM row;
		INSERT INTO again SELECT respondent, 1 FROM respondents WHERE respondent > 12;
		PRAGMA application_id = 1130458742; PRAGMA user_version = 1; COMMIT;
	SQL
} | sqlite3 deidentified.db >/dev/null
cat >waves.yaml <<'YAML'
study: {name: waves, title: Made up, synthetic: yes, date: 2026-03-31, key: a key that is no secret}
datasets: [{name: survey, kind: responses, unit: {name: person, plural: people}, dictionary: nowhere}]
microdata:
  - {dataset: survey, access: safeguarded, keys: [town, age], k: 3}
YAML
"$bin/anonymise" --study waves.yaml --dataset survey --output anonymised.db deidentified.db || fail "anonymise"
"$bin/risk" --study waves.yaml --dataset survey --output risk deidentified.db anonymised.db || fail "risk"
demand=$(sqlite3 -separator , anonymised.db 'SELECT before, after FROM demand')
[ "$demand" = 6,0 ] || fail "anonymise counted $demand, not the six rows of one person and none"
grep -qx "below k,,$demand" risk/risk.csv || fail "risk counts otherwise than anonymise: $(grep '^below k' risk/risk.csv)"
grep -qx 'alone,,6,0' risk/risk.csv || fail "six rows of one person are alone: $(grep '^alone,' risk/risk.csv)"
[ "$(sqlite3 anonymised.db 'SELECT count(*) FROM again')" = 6 ] || fail "the file does not know whose records are one person's"
