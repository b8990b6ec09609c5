#!/bin/sh
# What a reader can work out from what was published: attack_release reads a release and nothing else; its intervals are
# held against the truth here.
#   test_attack.sh BIN                                the demo, and whether the attack has teeth
#   test_attack.sh BIN FOLDER FEWEST [RESPONDENTS]    a study that was run: FOLDER holds its release/ and restricted/
# SEVERAL in the environment: VARIABLE[:OPTION], of which several options may be ticked, and OPTION beside none.
# TOGETHER: groups of areas that have lines, each CODE=AREA+AREA.
# FEWEST: so many hidden counts must be there to attack. RESPONDENTS: how many took part, where the public knows it.
. tests/studies/place.sh
program=$(dirname "$1")/test/attack_release
[ -x "$program" ] || fail "$program is not built"
program=$(cd "$(dirname "$program")" && pwd)/attack_release
study=${2:-}
[ -z "$study" ] || study=$(cd "$study" && pwd)
begin "$1"

together=
for group in ${TOGETHER:-}; do together="$together --group $group"; done
counts="'count', 'share', 'rows', 'cause', 'asked', 'missing', 'unanswered', 'pattern'" # lines that say how many

# What was published, and the true counts by the keys of results.csv.
know() { # FOLDER
	rm -f judge.db
	sqlite3 judge.db <<-SQL
		.mode csv
		.import '$1/release/results.csv' published
		.mode list
		ATTACH 'file:$1/restricted/compared.db?mode=ro' AS compared;
		CREATE TABLE truth AS
			SELECT analysis, outcome, ifnull(category, '') AS category, ifnull(area, '') AS area,
				ifnull(across, '') AS across, statistic, CAST(value AS INTEGER) AS n
			FROM compared.result JOIN compared.figure USING (result)
			WHERE figure.name = 'n' AND statistic IN ($counts);
		CREATE UNIQUE INDEX truth_key ON truth (analysis, outcome, category, area, across);
	SQL
}

# Beside each interval the truth; 'unsafe' where nobody may know it to be small. A hidden zero is one among few.
judge() { # RESULTS.csv THRESHOLD [RESPONDENTS]
	"$program" ${3:+--respondents "$3"} ${SEVERAL:+--several "$SEVERAL"} $together "$1" >intervals.csv || fail "the attack gave up"
	sqlite3 judge.db <<-SQL
		DROP TABLE IF EXISTS interval;
		DROP TABLE IF EXISTS judged;
		.mode csv
		.import intervals.csv interval
		.mode list
		CREATE TABLE judged AS
			SELECT interval.*, less_analysis = '' AS printed, CAST(low AS INTEGER) AS least,
				CASE high WHEN '' THEN 1e9 ELSE CAST(high AS INTEGER) END AS most,
				whole.n - CASE less_analysis WHEN '' THEN 0 ELSE part.n END AS n, 0 AS unsafe
			FROM interval
			LEFT JOIN truth AS whole ON (whole.analysis, whole.outcome, whole.category, whole.area, whole.across)
				= (interval.analysis, interval.outcome, interval.category, interval.area, interval.across)
			LEFT JOIN truth AS part ON (part.analysis, part.outcome, part.category, part.area, part.across)
				= (less_analysis, less_outcome, less_category, less_area, less_across);
		UPDATE judged SET unsafe = 1 WHERE n < $2 AND (n > 0 OR printed);
	SQL
}

among() { # CONDITION: how many intervals
	sqlite3 judge.db "SELECT count(*) FROM judged WHERE $1"
}

# A count that nobody prints may be worked out, unless it is small; a hidden one never.
leak() { # THRESHOLD
	echo "(unsafe AND most < $1 OR (unsafe OR printed) AND least = most)"
}

none() { # WHAT SQL: name the first few, without numbers
	sqlite3 -separator ' ' judge.db "$2" >found
	[ ! -s found ] || { sed 8q found; fail "$1: $(wc -l <found)"; }
}

line="published.analysis, published.statistic, published.outcome, published.category, area_code, published.across"
key="analysis, outcome, category, area, across, less_analysis, less_outcome, less_category, less_area, less_across"

# Nobody of all is nobody of any.
nobody="(published.n = '0' AND EXISTS (SELECT 1 FROM published AS whole
	WHERE (whole.analysis, whole.statistic, whole.outcome, whole.category, whole.across)
			= (published.analysis, published.statistic, published.outcome, published.category, published.across)
		AND whole.area_code = '' AND whole.n = '0'))"

# What stands beside a hidden number, in every line of results and in every table.
check_marks() { # FOLDER THRESHOLD
	none "figures stand in hidden or refused lines" "SELECT $line FROM published WHERE status <> '' AND n || estimate ||
		sd || se || low || high || test_statistic || df || df2 || p || method || level || flags <> ''"
	none "reasons stand in hidden lines" "SELECT $line FROM published WHERE status = 'c' AND reason <> ''"
	none "areas with fewer than $2 respondents show something, if only a 0" "SELECT $line FROM published
		WHERE status <> 'c' AND area_code IN
			(SELECT area FROM truth WHERE area <> '' AND statistic IN ('count', 'share') GROUP BY area HAVING max(n) BETWEEN 1 AND $2 - 1)
		AND NOT $nobody"
	none "groups of fewer than $2 show something of themselves, if only a 0" "SELECT $line FROM published JOIN truth
		ON (truth.analysis, truth.outcome, truth.category, truth.area, truth.across)
			= (published.analysis, published.outcome, '', area_code, published.across)
		WHERE status <> 'c' AND truth.n BETWEEN 1 AND $2 - 1
			AND NOT $nobody"
	for table in "$1"/release/tables/*.csv; do
		name=$(basename "$table" .csv)
		hidden=$(sqlite3 "file:$1/restricted/withheld.db?mode=ro" "SELECT count(*) FROM arrangement
			JOIN entry USING (arrangement) JOIN figure USING (figure) JOIN result USING (result)
			WHERE arrangement.name = '$name' AND status = 'hidden'")
		marks=$(grep -E '^(area|group|region|country|total|category|test|question|cause|item|pair|pattern|option),' "$table" | grep -o '\[c\]' | wc -l)
		[ "$marks" -eq "$hidden" ] || fail "$name.csv has $marks marks for $hidden hidden figures"
	done
}

check_release() { # FOLDER FEWEST [RESPONDENTS]
	grep -q '"zeros": "shown"' "$1/release/manifest.json" || fail "the attack takes it that zeros are shown"
	threshold=$(sed -n 's/.*"threshold": "\([0-9]*\)".*/\1/p' "$1/release/manifest.json")
	know "$1"
	check_marks "$1" "$threshold"
	judge "$1/release/results.csv" "$threshold" "${3:-}"
	[ "$(among printed)" -ge "$2" ] || fail "only $(among printed) hidden counts to attack, not $2"
	[ "$(among 'unsafe AND printed')" -gt 0 ] || fail "no hidden count is unsafe"
	[ "$(among 'unsafe AND NOT printed')" -gt 0 ] || fail "no count that nobody prints is unsafe"
	none "no truth for an interval" "SELECT $key FROM judged WHERE n IS NULL"
	none "the attack is wrong" "SELECT $key FROM judged WHERE n < least OR n > most"
	# Who knows how many took part can tell how many did not answer (docs/attack.md, limits), and no hidden count.
	none "a reader can work out" "SELECT $key FROM judged WHERE ${3:+printed AND} $(leak "$threshold") ORDER BY printed DESC"
}

# Has the attack teeth? One count that is hidden only for the sake of others is shown again, the first by which an unsafe
# one falls: there must be one.
check_teeth() {
	fallen=0
	for shown in $(sqlite3 judge.db "SELECT rowid FROM judged WHERE printed AND n >= $threshold ORDER BY rowid"); do
		sqlite3 judge.db <<-SQL
			.headers on
			.mode csv
			.once sabotaged.csv
			SELECT published.analysis, dataset, statistic, published.outcome, published.category, area_code,
				published.across, denominator, ifnull(shown.n, published.n) AS n, estimate,
				iif(shown.n IS NULL, status, '') AS status
			FROM published LEFT JOIN (SELECT * FROM judged WHERE rowid = $shown) AS shown
				ON statistic IN ($counts) AND (shown.analysis, shown.outcome, shown.category, shown.area, shown.across)
					= (published.analysis, published.outcome, published.category, area_code, published.across)
			ORDER BY published.rowid;
		SQL
		cp judge.db whole.db
		judge sabotaged.csv "$threshold"
		[ "$(among 'n < least OR n > most')" = 0 ] || fail "the attack on a sabotaged release is wrong"
		fallen=$(among "unsafe AND printed AND $(leak "$threshold")")
		mv whole.db judge.db
		[ "$fallen" = 0 ] || break
	done
	[ "$fallen" -gt 0 ] || fail "the attack has no teeth: any count that is hidden for others may be shown again"
}

if [ -n "$study" ]; then
	check_release "$study" "$3" "${4:-}"
else
	chain STUDY=demo
	check_release out/demo 20
	check_teeth
fi
