#!/bin/sh
# Of an area where one person got most of what was paid, the sum is not told though the count is, nor can it be worked out from the
# others; and what the rule is stays with the steward.
. tests/studies/place.sh
begin "$1"

mkdir -p data-dictionary/paid exports
cat >data-dictionary/paid/variables.csv <<-'CSV'
	variable,label,type,level,codes,role,min,max
	id,Id,id,,,key,,
	area,Area,code,nominal,areas,area,,
	sex,Sex,code,nominal,sexes,,,
	paid,Paid,number,amount,,,0,20000
CSV
cat >data-dictionary/paid/codes.csv <<-'CSV'
	list,code,label,as_exported
	areas,N,North,N
	areas,S,South,S
	areas,E,East,E
	areas,W,West,W
	sexes,f,Female,f
	sexes,m,Male,m
CSV
cat >data-dictionary/paid/headers.csv <<-'CSV'
	headers,match,header,variable
	plain,name,id,id
	plain,name,area,area
	plain,name,sex,sex
	plain,name,paid,paid
CSV
echo rule,severity,when,require,message >data-dictionary/paid/rules.csv
# 30 people an area, with 100 to 129 each; in North two have 9000.5 and 7000
awk 'BEGIN { print "id,area,sex,paid"
	split("N S E W", areas, " ")
	for (a = 1; a <= 4; a++) for (i = 0; i < 30; i++) {
		paid = a == 1 ? (i == 0 ? 9000.5 : i == 1 ? 7000 : 10 + i) : 100 + i
		print areas[a] i "," areas[a] "," (i % 2 ? "f" : "m") "," paid
	} }' >exports/paid.csv
study() { # MAGNITUDE [DECIMALS OF TOTALS ALONE]
	cat >configs/paid.yaml <<-YAML
		study: {name: paid, title: Paid, synthetic: yes, date: 2026-01-01, key: nobody's}
		datasets:
		  - {name: survey, kind: responses, unit: {name: person, plural: people}, dictionary: data-dictionary/paid,
		     exports: [{path: paid.csv}]}
		analyses:
		  - {name: total, title: Total, dataset: survey, kind: total, outcome: paid${2-}}
		  - {name: mean, title: Mean, dataset: survey, kind: mean, outcome: paid, compare: [rest]}
		disclosure: {threshold: 10$1}
	YAML
	[ $# -lt 2 ] || sed -i '/name: mean/d' configs/paid.yaml
	chain STUDY=paid EXPORTS=exports
}
row() { # TABLE AREA
	grep -E "^(area|total),$2," "out/paid/release/tables/$1.csv" | head -1 | cut -d, -f4-5
}
query() { # DATABASE SQL
	sqlite3 "out/paid/restricted/$1.db" "$2"
}

study ''
[ "$(row total N)" = 30,16714.5 ] || fail "without a rule the total is told: $(row total N)"
[ "$(query compared 'SELECT count(*) FROM measure WHERE largest1 IS NOT NULL')" -eq 0 ] || fail "nobody asked for contributions"

study ', magnitude: {p_percent: 13.75}'
[ "$(query compared "SELECT largest1, largest2, largest3 FROM measure JOIN cell USING (cell) WHERE condition LIKE '%area=N%'")" = '9000.5|7000.0|39.0' ] \
	|| fail "the largest: $(query compared 'SELECT condition, largest1, largest2, largest3 FROM measure JOIN cell USING (cell)')"
[ "$(row total N)" = '30,[c]' ] || fail "the total of North: $(row total N)"
[ "$(row mean N)" = '30,[c]' ] || fail "the mean of North: $(row mean N)"
hidden=0
for area in S E W; do
	[ "$(row total $area | cut -d, -f1)" = 30 ] || fail "the count of $area: $(row total $area)"
	case $(row total $area) in *'[c]') hidden=$((hidden + 1)) ;; esac
done
[ "$hidden" -eq 1 ] || fail "one more area is hidden so that North is no difference: $hidden"
# 9000.5 + 7000 + 714 of 30 people: at least 13.75% of 9000.5 less what the others have, 523.56875, lie on either side
[ "$(query protected "SELECT rule, above, below FROM measure_decision WHERE condition LIKE '%area=N%'")" = 'p_percent|523.56875|523.56875' ] \
	|| fail "$(query protected "SELECT condition, rule, above, below FROM measure_decision")"
[ "$(query audited "SELECT count(*) FROM interval WHERE kind = 'measure' AND condition LIKE '%area=N%' AND most - truth > 523.56 AND truth - least >= 523.56")" -eq 1 ] \
	|| fail "$(query audited "SELECT * FROM interval WHERE kind = 'measure'")"
# the second largest takes his 7000 from what can be at most, and is no nearer than 13.75% to the first
[ "$(query audited "SELECT most - 7000 >= 9000.5 * 1.1375 - 0.01 FROM interval WHERE kind = 'measure' AND condition LIKE '%area=N%'")" -eq 1 ] \
	|| fail "an insider comes too near"
# no contribution and no parameter leaves the steward's files
[ "$(query withheld 'SELECT count(*) FROM measure WHERE largest1 IS NOT NULL OR total IS NOT NULL')" -eq 0 ] || fail "withheld.db has contributions"
if grep -rE '9000\.5|13\.75' out/paid/release >told || query withheld .dump | grep -E '9000\.5|13\.75' >told; then
	fail "told: $(head -3 told)"
fi

# where the rule lets North be told, everything is
study ', magnitude: {p_percent: 5, dominance_n: 2, dominance_k: 96}'
[ "$(row total N)" = 30,16714.5 ] || fail "714 of 9000.5 are more than 5 per cent, and 96% are not two people's: $(row total N)"
study ', magnitude: {dominance_n: 2, dominance_k: 95.7}'
[ "$(row total N)" = '30,[c]' ] || fail "two people have 95.728%: $(row total N)"
study ', magnitude: {contributors: 31}'
[ "$(row total S)" = '30,[c]' ] || fail "30 contributors of 31: $(row total S)"

# Sums of whole numbers are whole, and told to the digit: of 8, 1 and nothing else in North, and 30 in each of the others, 99 less three thirties is
# 9 and no half more or less, though each of the four figures is rounded
sed -i 's/^paid,Paid,number/paid,Paid,integer/' data-dictionary/paid/variables.csv
awk 'BEGIN { print "id,area,sex,paid"
	split("N S E W", areas, " ")
	for (a = 1; a <= 4; a++) for (i = 0; i < 30; i++)
		print areas[a] i "," areas[a] "," (i % 2 ? "f" : "m") "," (a > 1 ? i % 3 : i == 0 ? 8 : i == 1) }' >exports/paid.csv
study ', magnitude: {p_percent: 20}' ', decimals: 0'
[ "$(row total N)" = '30,[c]' ] || fail "the total of North: $(row total N)"
shown=$(grep -cE '^area,[SEW],[^,]*,30,30' out/paid/release/tables/total.csv || true)
[ "$shown" -eq 2 ] || fail "99 less what is shown is 9: $(grep ^area out/paid/release/tables/total.csv)"
[ "$(query audited "SELECT most - truth >= 2 AND truth - least >= 2 FROM interval WHERE kind = 'measure' AND condition LIKE '%area=N%'")" -eq 1 ] \
	|| fail "$(query audited "SELECT * FROM interval WHERE kind = 'measure'")"
