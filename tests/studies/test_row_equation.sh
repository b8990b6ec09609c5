#!/bin/sh
# Nothing is lost: the equation of rows against what another program counts in the exports, by file and area; and a loss that is
# planted makes validate refuse to finish. Every study test counts the equation again after each run (place.sh); here
# that counting is seen to find what it is there for.
. tests/studies/place.sh
begin "$1"
survey=out/demo/restricted/survey

equal() { # WHAT GOT WANTED
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
}

# --- the exports, without damage, counted by the command line of sqlite3 ---

# File, area and rows. The online survey has the area's name, the paper one its code.
in_exports() {
	gzip -dc $survey/exports/survey-paper.csv.gz >paper.csv
	sqlite3 -list :memory: ".import --csv $survey/exports/survey-online.csv online" ".import --csv paper.csv paper" \
		".import --csv data-dictionary/places.csv place" "
		SELECT 'survey-online.csv', code, count(*)
		FROM online LEFT JOIN place ON \"Q2. Which local authority supports you?\" IN (name, code) GROUP BY 1, 2
		UNION ALL
		SELECT 'survey-paper.csv.gz', la_code, count(*) FROM paper GROUP BY 1, 2
		ORDER BY 1, 2"
}

in_account() {
	sqlite3 -list $survey/validated.db "ATTACH '$survey/ingested.db' AS i" \
		"SELECT name, area, sum(account.rows) FROM account JOIN i.source USING (source) GROUP BY 1, 2 ORDER BY 1, 2"
}

cp configs/demo.yaml whole.yaml
sed -i 's/faults: yes.*/faults: no/' configs/demo.yaml
chain STUDY=demo validate
in_exports >wanted
in_account >got
[ "$(wc -l <wanted)" -eq 8 ] || { cat wanted; fail "the other program reads other files than these"; }
diff wanted got || fail "the account and the exports differ"

# --- losses that are planted between ingest and validate ---

cp $survey/ingested.db kept.db
lose() { # WHAT SQL
	cp kept.db $survey/ingested.db
	sqlite3 $survey/ingested.db "$2"
	rm -f $survey/validated.db
	if chain STUDY=demo validate >said; then fail "$1: validate finished"; fi
	grep -q '^error\[fault\]: the rows of 1 exports do not add up' log && grep -q 'Error 70$' log || { cat log; fail "$1: refused otherwise"; }
	[ -z "$(find $survey -name '*validated.db*')" ] || fail "$1: something was left behind"
}

lose "a row that is not there" "DELETE FROM answers WHERE row = (SELECT max(row) FROM answers)"
lose "a row and its account" "DELETE FROM answers WHERE row = 3; UPDATE source SET rows = rows - 1 WHERE source = 1"
lose "a row more in the account" "UPDATE source SET rows = rows + 1, records = records + 1 WHERE source = 2"
lose "an unreadable record without its finding" "UPDATE source SET unreadable = unreadable + 1, records = records + 1 WHERE source = 1"
lose "a record that is nowhere" "UPDATE source SET records = records + 1 WHERE source = 2"

# --- the counting itself finds what is planted ---

mv whole.yaml configs/demo.yaml
chain STUDY=demo
cp -R $survey whole
plant() { # WHAT SQL_ON_VALIDATED [SQL_ON_DEIDENTIFIED]
	rm -rf planted
	cp -R whole planted
	chmod u+w planted/*.db
	sqlite3 planted/deidentified.db "${3:-}"
	sqlite3 planted/validated.db "$2"
	hash=$(sha256sum <planted/validated.db)
	sqlite3 planted/deidentified.db "UPDATE input SET sha256 = '${hash%% *}' WHERE role = 'stage' AND name LIKE '%validated.db'"
	if sh "$root/tests/studies/equation.sh" planted >found; then fail "the counting does not find $1"; fi
}
sh "$root/tests/studies/equation.sh" whole || fail "the demo does not add up"
plant "a judgement that is lost" "DELETE FROM judgement WHERE row = 5"
plant "a judgement of no row" "INSERT INTO judgement VALUES (100000, 'accepted', NULL, 'E06000055')"
plant "a row that moved to another area" \
	"UPDATE account SET rows = rows + iif(area = 'E06000055', 1, -1) WHERE source = 1 AND status = 'accepted' AND area IN ('E06000055', 'E06000032')"
plant "a row that became another's" "UPDATE judgement SET status = 'withdrawn' WHERE row = (SELECT min(row) FROM judgement WHERE status = 'duplicate')"
plant "an answer that is counted nowhere" "UPDATE completeness SET rows = rows - 1 WHERE variable = 'age' AND missing = '' AND area = 'E06000055'"
plant "a respondent who is lost after validate" "" "DELETE FROM respondents WHERE respondent = 7"
