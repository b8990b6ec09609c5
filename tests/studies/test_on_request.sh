#!/bin/sh
# The demo with comparisons on request: what is published of them stands the attack, changes nothing else that is shown, and
# is hidden wherever an area of the outcome is.
. tests/studies/place.sh
begin "$1"

lines() { # the lines that were there before, and whether they are shown
	sqlite3 out/demo/restricted/withheld.db "SELECT analysis, statistic, outcome, category, area, across, comparator, status FROM result
		WHERE statistic NOT IN ('tukey_kramer', 'dunnett', 'jonckheere_terpstra', 'empirical_bayes', 'between_areas_sd',
			'intraclass_correlation', 'median_odds_ratio', 'heterogeneity', 'i_squared') AND analysis <> 'accounts' ORDER BY result"
}
ask() { # ANALYSIS LINES: add them behind the name
	sed -i "s/^  - name: $1\$/&\n    $2/" configs/demo.yaml
}
sql() { # SQL
	sqlite3 out/demo/restricted/withheld.db "$1"
}
of_all="statistic IN ('tukey_kramer', 'dunnett', 'jonckheere_terpstra', 'empirical_bayes', 'between_areas_sd', 'heterogeneity', 'i_squared')"

sed -i 's/^    compare: .*/    compare: [pairs, rest]/' configs/demo.yaml
chain STUDY=demo
lines >before
sed -i 's/^    compare: .*/    compare: [pairs, rest, tukey, control, trend]\n    control: E06000055\n    shrink: yes/' configs/demo.yaml
ask low-wellbeing 'shrink: yes'
chain STUDY=demo
lines >after
diff before after >difference || fail "what is on request changed what else is shown: $(head -4 difference)"
[ "$(sql "SELECT count(*) FROM result WHERE analysis = 'wellbeing' AND $of_all AND status = 'ok'")" -ge 10 ] \
	|| fail "hardly anything on request is shown"
[ -z "$(sql "SELECT analysis, statistic FROM result AS r WHERE $of_all AND status = 'ok' AND EXISTS (SELECT 1 FROM result AS own
	WHERE own.analysis = r.analysis AND own.statistic IN ('count', 'mean', 'share') AND own.status = 'hidden')")" ] \
	|| fail "a line is shown that is of an area whose own figures are hidden"
[ "$(sql "SELECT DISTINCT reason FROM result WHERE analysis = 'wellbeing' AND statistic = 'empirical_bayes'")" = fewer-than-6-areas ] \
	|| fail "four areas are drawn together"
# Tukey's, by hand: the difference of the two means, and limits around it
[ -z "$(sql "SELECT d.area, d.comparator FROM result AS d JOIN figure AS e ON e.result = d.result AND e.name = 'estimate'
	JOIN figure AS l ON l.result = d.result AND l.name = 'low' JOIN figure AS h ON h.result = d.result AND h.name = 'high'
	WHERE d.statistic = 'tukey_kramer' AND abs(e.value - (l.value + h.value) / 2) > 0.11")" ] || fail "limits that are not around their difference"
for table in tukey control shrunken; do
	[ -s "out/demo/release/tables/wellbeing.$table.csv" ] || fail "no table wellbeing.$table"
done

# an area below the threshold: all of it is hidden
sed -i 's/unit: {name: respondent, plural: respondents}/unit: {name: respondent, plural: respondents, threshold: 75}/' configs/demo.yaml
[ "$(grep -c 'threshold: 75' configs/demo.yaml)" = 1 ] || fail "the threshold was not set"
chain STUDY=demo
[ "$(sql "SELECT count(*) FROM result WHERE analysis = 'wellbeing' AND $of_all")" -ge 10 ] || fail "the lines on request are gone"
[ "$(sql "SELECT count(*) FROM result WHERE analysis = 'wellbeing' AND $of_all AND status <> 'hidden'")" = 0 ] \
	|| fail "a line of all areas is shown, and an area's base is hidden"
