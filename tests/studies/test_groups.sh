#!/bin/sh
# Groups of areas and levels above them: their lines say what an analysis of these areas as one says, to the last bit; a cell
# that two tables share is one; nothing hidden follows from a group less others, now or together with earlier releases.
. tests/studies/place.sh
attack=$root/tests/studies/test_attack.sh
[ -x "$(dirname "$1")/test/attack_release" ] || fail "attack_release is not built"
begin "$1"
dictionary=data-dictionary/groups
together="pilot=E06000042+E06000055 wide=E06000055+E06000032+E06000042 E12000006=E06000055+E06000056+E06000032
	E12000008=E06000042+E06000038+E06000039 E92000001=E06000055+E06000056+E06000032+E06000042+E06000038+E06000039
	W11000000=W06000015+W06000022"
cat >>data-dictionary/places.csv <<-'CSV'
	W92000004,Wales,country,,,,,,
	W11000000,South Wales,region,W92000004,,,,,
	W06000015,Cardiff,la,W11000000,,,,,
	W06000022,Newport,la,W11000000,,,,,
CSV
mkdir -p $dictionary exports
cat >$dictionary/variables.csv <<-'CSV'
	variable,label,type,level,codes,missing,min,max,instrument,item,role
	id,Id,id,,,,,,,,key
	area,Area,code,nominal,places,,,,,,area
	wt,Weight,number,,,,0,9,,,weight
	age,Age,code,nominal,ages,,,,,,stratum
	parent,Parent,code,binary,parents,,,,,,
	home,Home,code,nominal,homes,refused,,,,,
	hours,Hours,number,amount,,refused,0,60,,,
	visits,Visits,number,amount,,refused,0,40,,,
	w1,Item 1,integer,ordinal,,refused,1,5,swemwbs,swemwbs1,
	w2,Item 2,integer,ordinal,,refused,1,5,swemwbs,swemwbs2,
	w3,Item 3,integer,ordinal,,refused,1,5,swemwbs,swemwbs3,
	w4,Item 4,integer,ordinal,,refused,1,5,swemwbs,swemwbs4,
	w5,Item 5,integer,ordinal,,refused,1,5,swemwbs,swemwbs5,
	w6,Item 6,integer,ordinal,,refused,1,5,swemwbs,swemwbs6,
	w7,Item 7,integer,ordinal,,refused,1,5,swemwbs,swemwbs7,
CSV
codes() { # the rows of the list `merged`
	cat <<-CSV
		list,code,label,as_exported,missing
		ages,young,16 to 20,young,
		ages,old,21 to 25,old,
		parents,yes,Yes,yes,
		parents,no,No,no,
		homes,own,A home of their own,own,
		homes,shared,A shared home,shared,
		homes,family,With family,family,
		homes,none,No fixed home,none,
		any,-99,Refused,-99,refused
		${1:-}
	CSV
}
codes >$dictionary/codes.csv
{ echo headers,match,header,variable; sed -n 's/^\([a-z0-9]*\),.*/plain,name,\1,\1/p' $dictionary/variables.csv | sed 1d; } >$dictionary/headers.csv
echo rule,severity,when,require,message >$dictionary/rules.csv
# Bedford is small, 7 of Slough have no fixed home, nobody of Newport has, 4 of its people refused
awk 'function chance(n) { seed = (seed * 16807) % 2147483647; return seed % n }
	BEGIN { seed = 4711; split("E06000055 E06000056 E06000032 E06000042 E06000038 E06000039 W06000015 W06000022", area, " ")
		split("14 61 47 80 35 58 90 33", size, " "); split("own shared family none", home, " "); split("young old", age, " ")
		print "id,area,wt,age,parent,home,hours,visits,w1,w2,w3,w4,w5,w6,w7"
		for (a = 1; a <= 8; a++) for (i = 1; i <= size[a]; i++) {
			lives = a == 8 ? 1 + chance(3) : a == 6 && i <= 7 ? 4 : chance(12) == 0 ? 4 : 1 + chance(3)
			line = ++id "," area[a] "," (5 + chance(16)) / 10 "," age[1 + chance(2)] "," (chance(3) ? "yes" : "no") "," (a == 8 && i <= 4 ? -99 : home[lives]) \
				"," 10 + chance(41) + a "," 1 + chance(30)
			for (w = 1; w <= 7; w++) line = line "," (chance(40) == 0 ? -99 : 1 + (chance(5) + chance(5) + a % 3) % 5)
			print line } }' >exports/groups.csv

declared='groups: [{code: pilot, name: The pilot, areas: [E06000042, E06000055]},
      {code: wide, name: The wider pilot, areas: [E06000055, E06000032, E06000042]}]'
levels='levels: [country, region]'
areas='[E06000055, E06000056, E06000032, E06000042, E06000038, E06000039, W06000015, W06000022]'
all_analyses='[{name: score, title: Score, dataset: survey, kind: mean, outcome: swemwbs_metric, compare: [pairs, rest]},
	{name: home, title: Home, dataset: survey, kind: share, outcome: home},
	{name: roof, title: Roof, dataset: survey, kind: share, outcome: home, codes: [own, shared], filter: "parent = '"'"'yes'"'"'", population: parents},
	{name: homes, title: Homes, dataset: survey, kind: table, outcome: home},
	{name: across, title: Across, dataset: survey, kind: table, outcome: home, across: age},
	{name: hours, title: Hours, dataset: survey, kind: total, outcome: hours},
	{name: housed, title: Housed, dataset: survey, kind: total, outcome: home, codes: [own, shared]},
	{name: visits, title: Visits, dataset: survey, kind: ratio, outcome: hours, per: visits, decimals: 3},
	{name: middle, title: Middle, dataset: survey, kind: quantile, outcome: visits},
	{name: scale, title: Scale, dataset: survey, kind: reliability, outcome: swemwbs_raw}]'
study() { # HEAD ANALYSES [UNIT] [DISCLOSURE] [DESIGN]
	cat >configs/groups.yaml <<-YAML
		study:
		    {name: groups, title: Groups, synthetic: yes, date: 2026-01-01, key: nobody's, $1}
		datasets:
		  - {name: survey, kind: responses, unit: {name: person, plural: people${3:-}}, dictionary: $dictionary,
		     exports: [{path: groups.csv}]${5:-}}
		analyses: $2
		disclosure: {threshold: 10${4:-}}
	YAML
}
compared=out/groups/restricted/compared.db
compare() {
	chain STUDY=groups EXPORTS=exports $compared || fail "the chain stopped"
}
ask() {
	sqlite3 -separator ' ' "$compared" "$1"
}
refused() { # WHAT MESSAGE HELP
	chain STUDY=groups EXPORTS=exports $compared >/dev/null && fail "$1 was taken"
	grep -q "$2" log || { cat log; fail "$1: not told"; }
	grep -q "$3" log || { cat log; fail "$1: no cure"; }
}

# --- numbers: all lines of a group are those of an area of its people

figures="SELECT analysis, statistic, outcome, ifnull(category, ''), name, printf('%!.15g', value), status, ifnull(reason, ''), flags
	FROM result JOIN figure USING (result) WHERE ifnull(comparator, '') = '' AND area ="
study "areas: $areas, $declared, $levels" "$all_analyses" ', confidential: no'
compare
for group in pilot wide E12000006 E12000008 E92000001 W11000000; do
	ask "$figures '$group' ORDER BY result, figure" >"said-$group"
	[ "$(grep -c . "said-$group")" -eq 100 ] || fail "$group has $(grep -c . "said-$group") figures"
done
ask "SELECT DISTINCT area FROM result WHERE area IN ('W92000004', 'all')" >twice
[ ! -s twice ] || fail "the same people have two lines: $(cat twice)"
grep -q '^survey: Wales has no line of its own.*South Wales' log || { cat log; fail "nobody tells why Wales has no line"; }
[ "$(ask "SELECT group_concat(kind || ' ' || ifnull(code, ''), ',') FROM (SELECT arrangement_line.kind, code FROM arrangement
	JOIN arrangement_line USING (arrangement) WHERE name = 'homes' AND arrangement_line.kind NOT IN ('area', 'test') ORDER BY position)")" \
	= 'group pilot,group wide,region E12000006,region E12000008,region W11000000,country E92000001,total ' ] || fail "lines are out of order"
[ "$(ask "SELECT heading FROM arrangement JOIN arrangement_line USING (arrangement) WHERE name = 'homes' AND code = 'E12000008'")" \
	= 'South East (3 of the 19 authorities)' ] || fail "a region's line does not say how much of it is in the study"
[ "$(ask "SELECT count(*) FROM note WHERE words = 'The pilot: Bedford, Milton Keynes.'")" -eq 9 ] \
	|| fail "tables do not say which areas a group is of: $(ask "SELECT DISTINCT words FROM note")"
[ "$(ask "SELECT count(*) FROM result WHERE area IN ('pilot', 'wide', 'E12000006') AND comparator IS NOT NULL")" -eq 0 ] \
	|| fail "a group is compared with something"

merge() { # GROUP AREAS..., a partition's parts divided by /: the same export, by another list of areas
	rows=$(for part in "$@"; do
		name=${part%%=*}
		echo "${part#*=}" | tr + '\n' | sed "s/\(.*\)/areas,$name,$name,\1,/"
	done)
	codes "$rows" >$dictionary/codes.csv
	sed -i 's/^area,Area,code,nominal,[a-z]*/area,Area,code,nominal,areas/' $dictionary/variables.csv
	study "seed: 0" "$all_analyses" ', confidential: no'
	compare
	for part in "$@"; do
		[ -f "said-${part%%=*}" ] || continue
		ask "$figures '${part%%=*}' ORDER BY result, figure" >alone
		diff "said-${part%%=*}" alone >difference || { head difference; fail "${part%%=*} is not its areas as one"; }
	done
}
merge wide=E06000055+E06000032+E06000042 x=E06000056+E06000038 y=E06000039+W06000015+W06000022
merge E12000006=E06000055+E06000056+E06000032 E12000008=E06000042+E06000038+E06000039 W11000000=W06000015+W06000022
merge E92000001=E06000055+E06000056+E06000032+E06000042+E06000038+E06000039 y=W06000015+W06000022
merge pilot=E06000042+E06000055 x=E06000056+E06000032+E06000038 y=E06000039+W06000015+W06000022

# areas that are no places have no levels; a group's areas are the dataset's
study "$levels" "$all_analyses"
refused "a level of areas that are no places" 'no place of places.csv and has no region' '`groups` may be of any areas'
study 'groups: [{code: g, name: G, areas: [pilot, z]}]' "$all_analyses"
refused "a group of an area that there is not" "none of the dataset's: z" 'did you mean x\|did you mean y\|such as pilot'
study 'groups: [{code: g, name: G, areas: [x, y, pilot]}]' "$all_analyses"
refused "a group of all areas" 'is all areas of the dataset survey' 'leave it out'
study 'groups: [{code: x, name: G, areas: [x, y]}]' "$all_analyses"
refused "a group with an area's code" 'is the code of an area, too' 'another code'
codes >$dictionary/codes.csv
sed -i 's/^area,Area,code,nominal,areas/area,Area,code,nominal,places/' $dictionary/variables.csv

# --- disclosure: what is hidden stays hidden, from a reader who knows which areas the groups are of

counts='[{name: home, title: Home, dataset: survey, kind: share, outcome: home, test: no},
	{name: homes, title: Homes, dataset: survey, kind: table, outcome: home, test: no},
	{name: age, title: Age, dataset: survey, kind: table, outcome: age, test: no},
	{name: score, title: Score, dataset: survey, kind: mean, outcome: swemwbs_metric, test: no}]'
study "areas: $areas, $declared, $levels" "$counts"
chain STUDY=groups EXPORTS=exports || fail "the chain stopped"
grep -q '&.*{E0' out/groups/restricted/disclosure/cells.csv || fail "no count of a group is hidden"
! grep -q ': Area is[^<]*{E0' out/groups/restricted/disclosure/index.html || fail "the steward reads the codes of a group's areas"
(cd "$root" && TOGETHER=$together sh "$attack" "$bin" "$work/out/groups" 10) || fail "the attack"
withheld() {
	sqlite3 -separator ' ' out/groups/restricted/withheld.db "$1"
}
[ "$(withheld "SELECT count(*) FROM result WHERE area IN ('pilot', 'wide', 'E12000006', 'E92000001') AND status = 'ok'")" -ge 20 ] \
	|| fail "hardly a line of a group is left"
# a group less all of its areas but one: never is one count of a group and its areas hidden alone
withheld "SELECT relation, parent.condition FROM relation JOIN cell AS parent ON parent.cell = relation.parent
	JOIN part USING (relation) JOIN cell USING (cell) WHERE parent.condition LIKE '%area={%' AND parent.n IS NOT NULL
	GROUP BY relation HAVING sum(cell.n IS NULL) = 1" >alone
[ ! -s alone ] || fail "a group less others gives a count away: $(cat alone)"

# --- weights that are adjusted to the areas: a line of several areas rests on each of them

echo margin,code,population,source >$dictionary/margins.csv
for area in E06000055 E06000056 E06000032 E06000042 E06000038 E06000039 W06000015 W06000022; do
	echo "area,$area,1000,made up"; done >>$dictionary/margins.csv
rest_of() { # LINE: how many of its areas' counts the weighted share of an answer rests on
	ask "SELECT count(DISTINCT cell.condition) FROM result JOIN rests USING (result) JOIN cell USING (cell)
		WHERE statistic = 'weighted_share' AND category = 'own' AND ifnull(area, '') = '$1' AND condition LIKE '%area=_0%& home=own'"
}
sed -i 's/^wt,.*/wt,Weight,number,,,,0,9,,,/; s/,stratum$/,/' $dictionary/variables.csv
study "areas: $areas, $declared, $levels" "$counts" '' '' ', design: {adjust: poststratify, margins: [area]}'
compare
[ "$(rest_of pilot) $(rest_of E12000006) $(rest_of E92000001) $(rest_of '')" = '2 3 6 8' ] \
	|| fail "a weighted line of several areas rests on $(rest_of pilot) $(rest_of E12000006) $(rest_of E92000001) $(rest_of '')"
# and where they are adjusted within the areas, on the margins' groups in each of them
for age in young old; do echo "age,$age,4000,made up"; done >>$dictionary/margins.csv
study "areas: $areas, $declared, $levels" '[{name: home, title: Home, dataset: survey, kind: share, outcome: home, test: no}]' '' '' \
	', design: {adjust: rake, margins: [area, age]}'
compare
of_margins() { # LINE: on how many areas' young people who gave the answer
	ask "SELECT count(DISTINCT cell.condition) FROM result JOIN rests USING (result) JOIN cell USING (cell)
		WHERE statistic = 'weighted_share' AND category = 'own' AND ifnull(area, '') = '$1' AND condition LIKE '% age=young & area=_0%& home=own'"
}
[ "$(of_margins E06000055) $(of_margins pilot) $(of_margins E12000006) $(of_margins '')" = '1 2 3 8' ] \
	|| fail "a weighted line rests on $(of_margins E06000055) $(of_margins pilot) $(of_margins E12000006) $(of_margins '') areas' groups"

# --- releases: what a line of a group told once is known for good, whatever groups there are later

mkdir -p data-dictionary/ledger
printf 'variable,label,type,level,codes,role\nid,Id,id,,,key\narea,Area,code,nominal,areas,area\nalone,Lives alone,code,binary,yesno,\n' \
	>data-dictionary/ledger/variables.csv
cp $dictionary/rules.csv data-dictionary/ledger/
printf 'headers,match,header,variable\nplain,name,id,id\nplain,name,area,area\nplain,name,alone,alone\n' >data-dictionary/ledger/headers.csv
printf 'list,code,label,as_exported\nareas,A,Aford,A\nareas,B,Beham,B\nareas,C,Ceton,C\nareas,D,Deby,D\nyesno,yes,Yes,yes\nyesno,no,No,no\n' \
	>data-dictionary/ledger/codes.csv
# 5 of A live alone: without groups C is hidden beside them, as it is the smallest; in a group of A and B, B is
awk 'function people(area, alone, n) { while (n--) print ++id "," area "," alone }
	BEGIN { print "id,area,alone"; people("A", "yes", 5); people("A", "no", 40); people("B", "yes", 13); people("B", "no", 41)
		people("C", "yes", 12); people("C", "no", 39); people("D", "yes", 50); people("D", "no", 60) }' >exports/ledger.csv
released() { # GROUPS: what make says of a release with them
	cat >configs/ledger.yaml <<-YAML
		study: {name: ledger, title: Ledger, synthetic: yes, date: 2026-01-01, key: nobody's$1}
		datasets:
		  - {name: survey, kind: responses, unit: {name: person, plural: people}, dictionary: data-dictionary/ledger,
		     exports: [{path: ledger.csv}]}
		analyses: [{name: alone, title: Alone, dataset: survey, kind: table, outcome: alone, test: no}]
		disclosure: {threshold: 10}
	YAML
	chain STUDY=ledger EXPORTS=exports >/dev/null
}
first() { # GROUPS
	rm -rf steward/ledger
	released "$1" || fail "a first release did not pass"
	chain release STUDY=ledger EXPORTS=exports BY=nobody WHY=first || fail "it is not released"
}
stopped() { # WHAT
	grep -q 'error\[audit' log || { cat log; fail "$1: stopped by something else than the audit"; }
	[ "$(sqlite3 out/ledger/restricted/audit-failed.db "SELECT count(*) FROM interval WHERE verdict = 'recovered'
		AND condition = 'survey & alone=yes & area=A'")" -eq 1 ] || fail "$1: the count that both tell together is not found"
}
ab=', groups: [{code: g, name: Group, areas: [A, B]}]' ac=', groups: [{code: g, name: Group, areas: [A, C]}]'
first "$ab"
released "$ab" || fail "the same release does not pass again"
released '' && fail "without the group, the area beside the small one is shown: it passed"
stopped "a group that is gone"
released "$ac" && fail "a group of other areas by the same code passed"
stopped "a group of other areas"
released ', groups: [{code: other, name: Other, areas: [B, A]}]' || fail "the same areas by another name are another group"
first ''
released "$ab" && fail "a new group, in which another area is hidden, passed"
stopped "a group that is new"
