#!/bin/sh
# Rounding and perturbation through the whole chain: what is printed is a multiple of the base (and adds up, where that is asked
# for), or the count and what the public table adds; no exact count is in withheld.db; no hidden small count can be told.
. tests/studies/place.sh
begin "$1"

mkdir -p data-dictionary/all exports
cat >data-dictionary/all/variables.csv <<-'CSV'
	variable,label,type,level,codes,min,max,role
	id,Id,id,,,,,key
	area,Area,code,nominal,areas,,,area
	lonely,Lonely,code,ordinal,often,,,
	sex,Sex,code,binary,sexes,,,
	score,Score,integer,scale,,0,20,measure
CSV
cat >data-dictionary/all/codes.csv <<-'CSV'
	list,code,label,as_exported
	areas,N,North,N
	areas,S,South,S
	areas,E,East,E
	areas,W,West,W
	often,never,Never,never
	often,some,Sometimes,some
	often,often,Often,often
	sexes,f,Female,f
	sexes,m,Male,m
CSV
cat >data-dictionary/all/headers.csv <<-'CSV'
	headers,match,header,variable
	plain,name,id,id
	plain,name,area,area
	plain,name,lonely,lonely
	plain,name,sex,sex
	plain,name,score,score
CSV
echo rule,severity,when,require,message >data-dictionary/all/rules.csv
# 1304 of North, 1116 of South, 84 of East, 47 of West; some of these are few: 3 often lonely in East, 6 in West
awk 'function put(area, lonely, sex, many) { for (; many > 0; many--) print ++id "," area "," lonely "," sex "," (id * 7) % 21 }
	BEGIN { print "id,area,lonely,sex,score"
		put("N", "never", "f", 412); put("N", "never", "m", 389); put("N", "some", "f", 203); put("N", "some", "m", 187)
		put("N", "often", "f", 62); put("N", "often", "m", 51)
		put("S", "never", "f", 397); put("S", "never", "m", 301); put("S", "some", "f", 187); put("S", "some", "m", 172)
		put("S", "often", "f", 41); put("S", "often", "m", 18)
		put("E", "never", "f", 24); put("E", "never", "m", 21); put("E", "some", "f", 17); put("E", "some", "m", 19)
		put("E", "often", "f", 2); put("E", "often", "m", 1)
		put("W", "never", "f", 11); put("W", "never", "m", 12); put("W", "some", "f", 10); put("W", "some", "m", 8)
		put("W", "often", "f", 4); put("W", "often", "m", 2) }' >exports/all.csv
study() { # POLICY [ROLE]
	cat >configs/all.yaml <<-YAML
		study: {name: all, title: All, synthetic: yes, date: 2026-01-01, key: nobody's}
		datasets:
		  - {name: survey, kind: responses, unit: {name: person, plural: people}, dictionary: data-dictionary/all,
		     exports: [{path: all.csv}]}
		analyses:
		  - {name: lonely, title: Lonely, dataset: survey, kind: table, outcome: lonely}
		  - {name: lonely-sex, title: Lonely by sex, dataset: survey, kind: table, outcome: lonely, across: sex}
		  - {name: often, title: Often, dataset: survey, kind: share, outcome: lonely, codes: ["often"]}
		  - {name: score, title: Score, dataset: survey, kind: mean, outcome: score, compare: [pairs]}
		disclosure: {$1}
	YAML
	chain STUDY=all EXPORTS=exports
}
restricted=out/all/restricted
ask() { # FILE SQL
	sqlite3 "$restricted/$1.db" "$2"
}
no_exact_count_is_told() {
	ask protected "SELECT DISTINCT n FROM decision WHERE n > 1000 AND published AND printed <> n
		AND n NOT IN (SELECT least FROM decision WHERE least IS NOT NULL UNION SELECT most FROM decision WHERE most IS NOT NULL)" >counts
	[ "$(wc -l <counts)" -ge 2 ] || fail "no count to look for: $(cat counts)"
	ask withheld .dump >dump
	! grep -wFf counts dump >found || fail "an exact count is told: $(head -3 found)"
	grep -qwFf counts exports.counts || fail "the search would find nothing"
}
no_small_count_is_told() { # THRESHOLD
	[ "$(ask audited "SELECT value FROM verdict WHERE item = 'passed'")" = 1 ] || fail "the audit did not pass"
	[ "$(ask audited "SELECT count(*) FROM interval WHERE unsafe AND truth BETWEEN 1 AND $1 - 1")" -ge 2 ] || fail "nothing small"
	ask audited "SELECT condition FROM interval WHERE kind = 'cell' AND truth BETWEEN 1 AND $1 - 1 AND (most < $1 OR most - least < 3)" >told
	[ ! -s told ] || fail "told: $(cat told)"
}
awk -F, 'NR > 1 { n[$2]++ } END { for (a in n) print n[a]; print NR - 1 }' exports/all.csv >exports.counts

# hides 1 to 7, the rest to the nearest 5
study 'preset: nhs'
no_exact_count_is_told
no_small_count_is_told 8
grep '^area,N,' out/all/release/tables/lonely.csv | grep -q '^area,N,North,800,61.3,390,29.9,115,8.8,1305$' \
	|| fail "$(cat out/all/release/tables/lonely.csv)"
awk -F, 'NR > 1 && $17 != "" && $17 % 5 { print; bad = 1 } END { exit bad }' out/all/release/results.csv \
	|| fail "a count is no multiple of 5"
head -1 out/all/release/results.csv | cut -d, -f17 | grep -qx n || fail "the counts stand elsewhere"
head -1 out/all/release/tables/score.csv | grep -q '^row,code,Area,Answered (people),Mean[^,]*$' \
	|| fail "beside counts and means there is something else: $(head -1 out/all/release/tables/score.csv)"
[ ! -e out/all/release/tables/score.pairs.csv ] || fail "there is a table of nothing"
for format in csv html md tex; do
	grep -q 'rounded to the nearest 5' "out/all/release/tables/lonely.$format" || fail "$format does not say so"
	grep -q 'a true total' "out/all/release/tables/lonely.$format" && fail "$format calls a rounded total a true one"
done

# so that parts add up to their totals
study 'threshold: 10, rounding: {base: 5, method: controlled}'
no_exact_count_is_told
no_small_count_is_told 10
[ "$(ask protected 'SELECT count(*) FROM decision WHERE printed IS NOT NULL AND (printed % 5 OR abs(printed - n) >= 5)')" -eq 0 ] \
	|| fail "a count is rounded further than to the next multiple"
ask protected "ATTACH '$restricted/compared.db' AS compared;
	SELECT relation, all_parts FROM (
		SELECT relation, parent, sum(printed) AS parts, min(printed IS NOT NULL) AS shown, count(*) AS all_parts
		FROM compared.relation JOIN compared.part USING (relation) JOIN decision USING (cell)
		WHERE kind = 'sum' GROUP BY relation)
	JOIN decision ON decision.cell = parent
	WHERE shown AND printed IS NOT NULL AND all_parts > 1" >sums
[ "$(wc -l <sums)" -ge 3 ] || fail "no sum is shown whole"
ask protected "ATTACH '$restricted/compared.db' AS compared;
	SELECT relation FROM (
		SELECT relation, parent, sum(printed) AS parts, min(printed IS NOT NULL) AS shown
		FROM compared.relation JOIN compared.part USING (relation) JOIN decision USING (cell)
		WHERE kind = 'sum' GROUP BY relation)
	JOIN decision ON decision.cell = parent
	WHERE shown AND printed IS NOT NULL AND printed <> parts" >sums
[ ! -s sums ] || fail "parts do not add up: $(cat sums)"

# a base that the threshold clashes with
study 'threshold: 10, rounding: {base: 5, method: nearest}' >refused && fail "10 and 5 were taken together"
grep -q 'nearest thresholds that fit are 8 and 13' refused || fail "$(cat refused)"

# perturbed after a table that adds between -2 and 2
awk 'BEGIN { print "pcv,ckey,pvalue"; for (n = 1; n <= 750; n++) for (k = 0; k < 256; k++) {
	p = (k < 40) ? -2 : (k < 90) ? -1 : (k < 166) ? 0 : (k < 216) ? 1 : 2; if (n + p < 0) p = -n; print n "," k "," p } }' >configs/p.csv
study 'threshold: 10, cell_key: {table: configs/p.csv}'
no_exact_count_is_told
no_small_count_is_told 10
ask protected "SELECT count(*), sum(printed <> n), max(abs(printed - n)), sum(least <= n AND n <= most) FROM decision
	WHERE printed IS NOT NULL AND n > 0" >changed
awk -F'|' '{ exit !($1 >= 20 && $2 > $1 / 3 && $3 == 2 && $4 == $1) }' changed || fail "not perturbed as the table has it: $(cat changed)"
! head -qn1 out/all/release/tables/*.csv | grep -q Mean || fail "there is a mean beside perturbed counts"
# what is the sum of people's keys is so in every cell
ask compared "SELECT count(*), sum((SELECT key FROM cell WHERE cell = parent) <> keys % 256) FROM (
	SELECT parent, sum(key) AS keys FROM relation JOIN part USING (relation) JOIN cell USING (cell)
	WHERE kind = 'sum' AND key IS NOT NULL GROUP BY relation HAVING min(key) IS NOT NULL)" >keys
awk -F'|' '{ exit !($1 >= 20 && $2 == 0) }' keys || fail "keys do not add up: $(cat keys)"
cp "$restricted/protected.db" first.db
# in another release, with other tables beside, the same people have the same number
sed -i '/name: often/d; /name: score/d; /name: lonely-sex/d' configs/all.yaml
chain STUDY=all EXPORTS=exports || fail "$(cat log)"
ask protected "ATTACH 'first.db' AS first; SELECT count(*), sum(decision.printed <> earlier.printed) FROM decision
	JOIN first.decision AS earlier USING (condition) WHERE decision.printed IS NOT NULL AND earlier.printed IS NOT NULL" >both
awk -F'|' '{ exit !($1 >= 12 && $2 == 0) }' both || fail "the same people are changed otherwise: $(cat both)"
# the table is read again where it changes
sed -i 's/^700,3,.*/700,3,7.5/' configs/p.csv
chain STUDY=all EXPORTS=exports >refused && fail "a table that is wrong was taken"
grep -q 'pvalue is no whole number' refused && grep -q 'configs/p.csv:' refused || fail "$(cat refused)"
# people without an id have no key
sed -i 's/^id,Id,id,,,,,key/id,Id,id,,,,,/' data-dictionary/all/variables.csv
study 'threshold: 10, cell_key: {table: configs/p.csv}' >refused && fail "people without an id were given keys"
grep -q 'needs a key of every person' refused || fail "$(cat refused)"
