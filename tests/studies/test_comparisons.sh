#!/bin/sh
# The demo with areas compared: what is published of it agrees with what the tables print, hides no line that was shown
# without it, shows nothing of what they hide, and stands the attack.
. tests/studies/place.sh
begin "$1"

shown() { # the lines of results that are about no comparison, and whether they are shown
	sqlite3 out/demo/restricted/withheld.db "SELECT analysis, statistic, outcome, category, area, across, status FROM result
		WHERE comparator IS NULL AND statistic NOT IN ('weighted_cramers_v', 'design_rank_test') AND analysis <> 'accounts' ORDER BY result"
}
ask() { # ANALYSIS COMPARE...: add the line behind the name
	name=$1
	shift
	sed -i "s/^  - name: $name\$/&\n    $*/" configs/demo.yaml
}

sed -i '/^    compare:/d' configs/demo.yaml
chain STUDY=demo
shown >before
ask wellbeing 'compare: [pairs, rest, benchmark]\n    benchmark: {value: 22.5, name: "England, 2025", source: made up}'
ask low-wellbeing 'compare: [pairs, rest, benchmark]\n    benchmark: {value: 40.25, name: "England, 2025"}'
ask loneliness 'compare: [pairs, rest]'
ask accommodation 'compare: [rest, pairs]'
ask support-helpful 'compare: [pairs]'
chain STUDY=demo
shown >after
diff before after >difference || fail "comparisons changed what else is shown: $(head -4 difference)"

rm -f results.db
sqlite3 results.db <<-SQL
	.mode csv
	.import out/demo/release/results.csv r
SQL
count() { # SQL
	sqlite3 results.db "$1"
}
none() { # WHAT SQL
	found=$(sqlite3 results.db "$2")
	[ -z "$found" ] || fail "$1: $(echo "$found" | head -3)"
}
of="own.analysis = d.analysis AND own.category = d.category"
own="r AS own WHERE $of AND own.statistic IN ('share', 'mean', 'percentage')"
weighted="r AS own WHERE $of AND own.statistic IN ('weighted_share', 'weighted_mean')"
difference="d.statistic IN ('weighted_share_difference', 'weighted_mean_difference') AND d.comparator LIKE 'E%'"

[ "$(count "SELECT count(*) FROM r AS d WHERE $difference AND status = ''")" -ge 20 ] || fail "hardly any difference is shown"
[ "$(count "SELECT count(*) FROM r AS d WHERE $difference AND status = 'c'")" -ge 10 ] || fail "hardly any difference is hidden"
none "a difference is not that of the two figures printed" "SELECT * FROM r AS d WHERE $difference AND status = ''
	AND abs(estimate - ((SELECT estimate FROM $weighted AND own.area_code = d.area_code)
		- (SELECT estimate FROM $weighted AND own.area_code = d.comparator))) > 0.1501"
none "a difference is shown and one of its two figures is not, or the other way round" "SELECT * FROM r AS d
	WHERE $difference AND (status = '') <> (2 = (SELECT count(*) FROM $own AND own.status = ''
		AND own.area_code IN (d.area_code, d.comparator)))"
none "what is adjusted for all tests is shown where some count is hidden" "SELECT * FROM r AS d
	WHERE statistic IN ('p_holm', 'p_benjamini_hochberg') AND status = '' AND EXISTS (SELECT 1 FROM r AS own
		WHERE own.analysis = d.analysis AND own.statistic IN ('count', 'share') AND own.status = 'c')"
none "a hidden line says more than what it is about" "SELECT * FROM r WHERE status = 'c' AND estimate || low || high || p
	|| p_adjusted || standing || family || family_size || seed || method || level || flags || reason <> ''"
none "an adjusted p is below its own" "SELECT * FROM r AS d JOIN r AS own USING (analysis, category, area_code, comparator)
	WHERE d.p_adjusted <> '' AND own.p <> '' AND d.p_adjusted NOT LIKE '<%' AND own.p NOT LIKE '<%'
		AND d.p_adjusted + 0.00005 < own.p"
[ "$(count "SELECT group_concat(DISTINCT family || ' ' || family_size) FROM r WHERE family <> '' AND analysis = 'low-wellbeing'")" \
	= "low-wellbeing.pairs 6,low-wellbeing.rest 4" ] || fail "families: $(count "SELECT DISTINCT family, family_size FROM r")"

# better and worse as the dictionary says it: a high score is good, so a large share of low scores is not
none "a standing does not go by its limits" "SELECT * FROM r WHERE standing <> ''
	AND standing <> CASE WHEN low > 0 THEN iif(analysis = 'wellbeing', 'better', 'worse')
		WHEN high < 0 THEN iif(analysis = 'wellbeing', 'worse', 'better') ELSE 'similar' END
	AND abs(low) > 0.05 AND abs(high) > 0.05"
[ "$(count "SELECT count(*) FROM r WHERE standing <> ''")" -eq 10 ] || fail "not every area stands somewhere"
for format in csv md html tex; do
	grep -q 'worse\|better\|similar' "out/demo/release/tables/wellbeing.benchmark.$format" || fail "no word in $format"
done

none "something is tested or compared without the weights" "SELECT * FROM r WHERE status = '' AND (flags LIKE '%unweighted-test%'
	OR ((comparator <> '' OR statistic GLOB '*test*' OR statistic GLOB '*wald' OR statistic = 'rao_scott') AND weight = ''
		AND statistic NOT LIKE 'p!_%' ESCAPE '!'))"
none "what changes sides by the weights does not say so, or something else does" "SELECT * FROM r AS d
	WHERE statistic = 'weighted_mean_difference' AND comparator LIKE 'E%' AND status = '' AND abs(estimate) > 0.15
	AND (flags LIKE '%signs-disagree%') <> (estimate * ((SELECT estimate FROM $own AND own.area_code = d.area_code)
		- (SELECT estimate FROM $own AND own.area_code = d.comparator)) < 0)"

out=$(pwd)/out/demo
cd "$root"
sh tests/studies/test_attack.sh "$bin" "$out" 20
