#!/bin/sh
# A question where all that apply may be ticked, through the whole chain: its boxes are counted as awk counts them, few ticks are
# hidden, the audit passes, and who reads the release finds none of what is hidden.
. tests/studies/place.sh
begin "$1"

mkdir -p data-dictionary/ticked exports
cat >data-dictionary/ticked/variables.csv <<-'CSV'
	variable,label,type,level,codes,asked_if,role
	id,Id,id,,,,key
	area,Area,code,nominal,areas,,area
	needs,Needs,codes,nominal,needs,,
	helped,Helped with money,code,binary,yesno,"has(needs, 'money')",
CSV
cat >data-dictionary/ticked/codes.csv <<-'CSV'
	list,code,label,as_exported,exclusive,missing
	areas,N,North,,,
	areas,S,South,,,
	areas,E,East,,,
	areas,W,West,,,
	needs,money,Money,,,
	needs,housing,Housing,,,
	needs,health,Health,,,
	needs,other,Something else,,,
	needs,nothing,Nothing of these,,yes,
	yesno,yes,Yes,,,
	yesno,no,No,,,
CSV
{
	echo headers,match,header,option,variable,ticked
	printf 'plain,name,%s,,%s,\n' id id area area helped helped
	for option in money housing health other nothing; do echo "plain,name,needs_$option,$option,needs,1"; done
} >data-dictionary/ticked/headers.csv
echo rule,severity,when,require,message >data-dictionary/ticked/rules.csv

# Few of West answered, few tick something else, and hardly anybody of East two options. Of these numbers, a release that knew of the
# options alone, and not of what links them, would give two counts away to the attack below
awk 'function chance(n) { seed = (seed * 16807) % 2147483647; return seed % n }
	function person(area, often,   money, housing, health, other, nothing) {
		money = chance(100) < often; housing = chance(100) < often; health = chance(100) < 40; other = chance(100) < 9
		if (area == "E" && chance(20)) { housing = !money; health = other = 0 }
		nothing = !(money || housing || health || other)
		if (chance(15) == 0) money = housing = health = other = nothing = 0
		print ++id "," area "," one(money) "," one(housing) "," one(health) "," one(other) "," one(nothing) "," \
			(money ? chance(3) ? "yes" : "no" : "")
	}
	function one(ticked) { return ticked ? 1 : "" }
	BEGIN { seed = 23; print "id,area,needs_money,needs_housing,needs_health,needs_other,needs_nothing,helped"
		for (i = 0; i < 160; i++) person("N", 45); for (i = 0; i < 120; i++) person("S", 30)
		for (i = 0; i < 90; i++) person("E", 60); for (i = 0; i < 13; i++) person("W", 40) }' >exports/ticked.csv
study() { # ANALYSES
	cat >configs/ticked.yaml <<-YAML
		study: {name: ticked, title: Ticked, synthetic: yes, date: 2026-01-01, seed: 7, key: nobody's}
		datasets:
		  - {name: survey, kind: responses, unit: {name: person, plural: people}, dictionary: data-dictionary/ticked,
		     exports: [{path: ticked.csv}]}
		analyses:
		$1
		disclosure: {threshold: 10}
	YAML
	chain STUDY=ticked EXPORTS=exports
}

study "  - {name: needs, title: Needs, dataset: survey, kind: share, outcome: needs, compare: [pairs, rest]}
  - {name: any, title: Any, dataset: survey, kind: share, outcome: needs, codes: [money, housing], compare: [benchmark],
     benchmark: {value: 60, name: elsewhere}}
  - {name: helped, title: Helped, dataset: survey, kind: share, outcome: helped, codes: [\"yes\"]}
  - {name: accounts, title: Accounts, dataset: survey, kind: accounts}"

# --- what is counted, by awk and by compare ---

awk -F, 'NR > 1 && $3 $4 $5 $6 $7 != "" {
		split("money housing health other nothing", name, " ")
		for (all = 0; all <= 1; all++) {
			area = all ? "" : $2
			n[area ",needs,"]++
			n[area ",any,money|housing"] += $3 || $4
			for (i = 1; i <= 5; i++) n[area ",needs," name[i]] += $(i + 2) == 1
		}
	}
	END { for (key in n) print key "," n[key] }' exports/ticked.csv | sort >counted
sqlite3 -separator , out/ticked/restricted/compared.db "SELECT ifnull(area, ''), analysis, ifnull(category, ''), CAST(value AS INTEGER)
	FROM result JOIN figure USING (result) WHERE figure.name = 'n' AND analysis IN ('needs', 'any')
		AND (statistic = 'share' OR (statistic = 'count' AND analysis = 'needs'))" | sort >ours
cmp -s counted ours || fail "counted otherwise: $(diff counted ours | head -4)"
[ "$(wc -l <counted)" -eq 35 ] || fail "not all is counted"

# --- what is shown ---

results=out/ticked/release/results.csv
rm -f r.db
sqlite3 r.db ".mode csv" ".import $results r"
shown=$(sqlite3 r.db "SELECT count(*) FROM r WHERE analysis = 'needs' AND statistic = 'share' AND status = ''")
[ "$shown" -ge 8 ] || fail "only $shown shares are shown"
[ -z "$(sqlite3 r.db "SELECT n FROM r WHERE CAST(n AS INTEGER) BETWEEN 1 AND 9")" ] || fail "a small count is shown"
grep -q 'add up to more than 100' out/ticked/release/tables/needs.html || fail "the table does not say that options overlap"
grep -q '^option,money,Money,' out/ticked/release/tables/needs.tests.csv || fail "no test of an option: $(cat out/ticked/release/tables/needs.tests.csv)"
grep -q 'those who ticked any of Money, Housing' out/ticked/release/tables/any.md || fail "the group is not said"

page=out/ticked/restricted/disclosure/index.html
grep -q 'Needs is Money or Housing' $page || fail "the steward is not told of the group in words"
if grep -q 'any(' $page; then fail "the steward is shown a condition: $(grep 'any(' $page | head -2)"; fi

# --- what a reader can find ---

out=$(pwd)/out/ticked
(cd "$root" && SEVERAL=needs:nothing sh tests/studies/test_attack.sh "$bin" "$out" 15)

# A second release that counts another group would tell with the first.
make -f pipeline/chain.mk bin="$bin" STUDY=ticked EXPORTS=exports BY=somebody WHY=test release >log 2>&1 || { cat log; fail "not released"; }
if study "  - {name: any, title: Any, dataset: survey, kind: share, outcome: needs, codes: [housing, health]}" >said; then
	fail "another group was published beside the earlier one"
fi
grep -q 'audit-crossing' log || { cat log; fail "refused for something else"; }
