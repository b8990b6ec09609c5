#!/bin/sh
# The equation of rows, counted again: equation.sh FOLDER, where ingested.db and validated.db lie, and perhaps deidentified.db. Says
# what does not add up and ends with 1. It knows the tables only, nothing of how validate counts. A file that was made
# from another one than lies beside it, as where a step was refused since, is left alone.
set -eu
folder=$1
[ -e "$folder/ingested.db" ] && [ -e "$folder/validated.db" ] || exit 0

made_of() { # LATER EARLIER
	hash=$(sha256sum <"$folder/$2")
	[ "$(sqlite3 -batch "$folder/$1" "SELECT count(*) FROM input WHERE sha256 = '${hash%% *}'")" = 1 ]
}
made_of validated.db ingested.db || exit 0

sql="
ATTACH 'ingested.db' AS i;
ATTACH 'validated.db' AS v;
CREATE TEMP TABLE way (status TEXT);
INSERT INTO way VALUES ('accepted'), ('set_aside'), ('duplicate'), ('preview'), ('withdrawn');
CREATE TEMP TABLE counted AS
	SELECT a.source, coalesce(j.area, '') AS area, j.status, coalesce(j.reason, '') AS reason, count(*) AS rows
	FROM i.answers AS a JOIN v.judgement AS j ON j.row = a.row GROUP BY 1, 2, 3, 4
	UNION ALL
	SELECT source, '', 'unreadable', code, sum(occurrences) FROM i.finding
	WHERE row IS NULL AND severity = 'reject' GROUP BY 1, 4;

SELECT 'the file ' || name || ': its records are not header + rows + unreadable + elsewhere' FROM i.source
	WHERE records <> header_records + rows + unreadable + elsewhere;
SELECT 'the file ' || name || ': answers holds other rows than its account' FROM i.source AS s
	WHERE rows <> (SELECT count(*) FROM i.answers AS a WHERE a.source = s.source);
SELECT 'rows of no file' FROM i.answers WHERE source NOT IN (SELECT source FROM i.source) LIMIT 1;
SELECT 'the file ' || name || ': unreadable records and their findings differ' FROM i.source AS s
	WHERE unreadable <> (SELECT coalesce(sum(rows), 0) FROM counted AS c WHERE c.source = s.source AND status = 'unreadable');
SELECT 'a row without a judgement: ' || row FROM i.answers WHERE row NOT IN (SELECT row FROM v.judgement) LIMIT 3;
SELECT 'a judgement of no row: ' || row FROM v.judgement WHERE row NOT IN (SELECT row FROM i.answers) LIMIT 3;
SELECT 'a judgement that is none: ' || row FROM v.judgement
	WHERE status NOT IN (SELECT status FROM way) OR (status = 'accepted') <> (reason IS NULL) LIMIT 3;
SELECT 'the account lacks or makes up: ' || source || ' ' || area || ' ' || status || ' ' || reason || ' ' || rows FROM (
	SELECT * FROM (SELECT * FROM counted EXCEPT SELECT source, area, status, reason, rows FROM v.account)
	UNION SELECT * FROM (SELECT source, area, status, reason, rows FROM v.account EXCEPT SELECT * FROM counted)) LIMIT 5;
SELECT 'the file ' || name || ': rows read are not those accounted for' FROM i.source AS s
	WHERE rows + unreadable <> (SELECT coalesce(sum(rows), 0) FROM v.account AS a WHERE a.source = s.source);
SELECT 'completeness of ' || variable || ' in ' || quote(area) || ' is not of the accepted rows' FROM (
	SELECT DISTINCT c.variable, w.area FROM v.completeness AS c,
		(SELECT DISTINCT area FROM v.account WHERE status = 'accepted' UNION SELECT area FROM v.completeness WHERE rows > 0) AS w) AS p
	WHERE (SELECT coalesce(sum(rows), 0) FROM v.completeness AS c WHERE c.variable = p.variable AND c.area = p.area)
		<> (SELECT coalesce(sum(rows), 0) FROM v.account AS a WHERE a.area = p.area AND status = 'accepted') LIMIT 3;
"
! { [ -e "$folder/deidentified.db" ] && made_of deidentified.db validated.db; } || sql="$sql
ATTACH 'deidentified.db' AS d;
SELECT 'respondents of ' || quote(area) || ' are not those accepted: ' || n || ', not ' || rows FROM (
	SELECT w.area, coalesce((SELECT sum(rows) FROM v.account AS a WHERE a.status = 'accepted' AND a.area = w.area), 0) AS rows,
		(SELECT count(*) FROM d.respondents AS r LEFT JOIN d.area AS t USING (area) WHERE coalesce(t.code, '') = w.area) AS n
	FROM (SELECT code AS area FROM d.area UNION SELECT area FROM v.account) AS w) WHERE n <> rows LIMIT 3;
"
wrong=$(cd "$folder" && sqlite3 -batch -list :memory: "$sql" 2>&1) || wrong="${wrong:-sqlite3 ended with $?}"
[ -z "$wrong" ] || { echo "$wrong" | sed "s|^|$folder: |"; exit 1; }
