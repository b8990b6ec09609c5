#!/bin/sh
# The demo with a table of missing answers and of which are missing together: it hides hardly a line that was shown without
# it, adds up with the accounts, shows no small count, and stands the attack.
. tests/studies/place.sh
begin "$1"

shown() { # the lines of results that are neither about missing answers nor accounts, and whether they are shown
	sqlite3 out/demo/restricted/withheld.db "SELECT analysis, statistic, outcome, category, area, across, comparator, status
		FROM result WHERE analysis NOT IN ('accounts', 'gaps') ORDER BY result"
}

chain STUDY=demo
shown >before
sed -i 's/^  - name: accounts$/  - name: gaps\n    title: Missing answers\n    dataset: survey\n    kind: missing\n    variables: [life_satisfaction, loneliness, support_helpful, swemwbs_metric, accommodation]\n&/' configs/demo.yaml
chain STUDY=demo
shown >after
# they give way, but another choice of what covers for a small count may cost a line or two
lines() { grep -c '|ok$' "$1"; }
[ $((100 * $(lines after))) -ge $((99 * $(lines before))) ] || fail "missing answers hide other lines: $(lines before) were shown, $(lines after) are"

ask() { # SQL, of the true values
	sqlite3 out/demo/restricted/compared.db "$1"
}
gaps="result JOIN figure USING (result) WHERE analysis = 'gaps' AND outcome = 'answers/patterns' AND statistic = 'pattern'"
[ "$(ask "SELECT count(*) FROM $gaps")" -eq 18 ] || fail "not a line for each of 15 patterns, all, complete and incomplete"
[ "$(ask "SELECT sum(value) FROM $gaps AND (category = 'complete' OR category LIKE 'missing:%')")" \
	= "$(ask "SELECT value FROM $gaps AND category = 'all'")" ] || fail "the patterns do not add up"
[ "$(sqlite3 out/demo/restricted/survey/deidentified.db "SELECT 1.0 * count(*) FROM respondents WHERE life_satisfaction IS NOT NULL
	AND loneliness IS NOT NULL AND swemwbs_metric IS NOT NULL AND accommodation IS NOT NULL")" \
	= "$(ask "SELECT value FROM $gaps AND category = 'complete'")" ] || fail "the complete cases are not those in the table"
[ -z "$(ask "SELECT outcome, area FROM result JOIN figure USING (result) WHERE analysis IN ('gaps', 'accounts')
	AND statistic IN ('asked', 'count') GROUP BY statistic, outcome, area HAVING count(DISTINCT value) > 1")" ] ||
	fail "it does not count as the accounts do"

sqlite3 results.db <<-SQL
	.mode csv
	.import out/demo/release/results.csv r
SQL
few=$(sqlite3 results.db "SELECT * FROM r WHERE analysis = 'gaps' AND n <> '' AND n + 0 BETWEEN 1 AND 9")
[ -z "$few" ] || fail "a small count is printed: $few"
[ "$(sqlite3 results.db "SELECT count(*) FROM r WHERE analysis = 'gaps' AND status = ''")" -ge 20 ] || fail "hardly anything is shown"
[ "$(sqlite3 results.db "SELECT status FROM r WHERE analysis = 'gaps' AND statistic = 'little_mcar'")" = c ] ||
	fail "the test is shown though some patterns are small"
[ -s out/demo/release/tables/gaps.patterns.csv ] || fail "no table of patterns"

out=$(pwd)/out/demo
cd "$root"
sh tests/studies/test_attack.sh "$bin" "$out" 20
