#!/bin/sh
# Where everybody, or nobody, of a small group gave an answer to a sensitive question, the release does not tell: what it shows
# fits with another answer of some. Of questions that nobody calls sensitive it does.
. tests/studies/place.sh
begin "$1"

mkdir -p data-dictionary/all exports
cat >data-dictionary/all/variables.csv <<-'CSV'
	variable,label,type,level,codes,role
	id,Id,id,,,key
	area,Area,code,nominal,areas,area
	lonely,Lonely,code,binary,yesno,
	parent,Is a parent,code,binary,yesno,
CSV
cat >data-dictionary/all/codes.csv <<-'CSV'
	list,code,label,as_exported
	areas,N,North,N
	areas,S,South,S
	areas,E,East,E
	yesno,yes,Yes,yes
	yesno,no,No,no
CSV
cat >data-dictionary/all/headers.csv <<-'CSV'
	headers,match,header,variable
	plain,name,id,id
	plain,name,area,area
	plain,name,lonely,lonely
	plain,name,parent,parent
CSV
echo rule,severity,when,require,message >data-dictionary/all/rules.csv
# All 14 of North are lonely, and none of the 13 of South: nobody of either is a parent. East is mixed, 40 of each answer
{
	echo id,area,lonely,parent
	awk 'BEGIN { for (i = 1; i <= 14; i++) print i ",N,yes,no"; for (; i <= 27; i++) print i ",S,no,no"
		for (; i <= 107; i++) print i ",E," (i % 2 ? "yes" : "no") "," (i % 4 < 2 ? "yes" : "no") }'
} >exports/all.csv
study() { # SENSITIVE
	cat >configs/all.yaml <<-YAML
		study: {name: all, title: All, synthetic: yes, date: 2026-01-01, key: nobody's}
		datasets:
		  - {name: survey, kind: responses, unit: {name: person, plural: people}, dictionary: data-dictionary/all,
		     exports: [{path: all.csv}]}
		analyses:
		  - {name: lonely, title: Lonely, dataset: survey, kind: share, outcome: lonely, codes: ["yes"]}
		  - {name: parent, title: Parent, dataset: survey, kind: share, outcome: parent, codes: ["yes"]}
		disclosure: {threshold: 10$1}
	YAML
	chain STUDY=all EXPORTS=exports
}
row() { # TABLE AREA
	grep "^area,$2," "out/all/release/tables/$1.csv" | cut -d, -f4-6
}

study ''
[ "$(row lonely N)" = 14,14,100.0 ] || fail "without a word of it, the table says what it counts: $(row lonely N)"
[ "$(row lonely S)" = 13,0,0.0 ] || fail "and of nobody: $(row lonely S)"
[ "$(row parent N)" = 14,0,0.0 ] || fail "and of parents: $(row parent N)"

study ', sensitive: [lonely]'
for area in N S; do
	[ "$(row lonely $area | cut -d, -f2-)" = '[c],[c]' ] || fail "it tells of everybody in $area: $(row lonely $area)"
	[ "$(row parent $area | cut -d, -f2-)" = 0,0.0 ] || fail "what is not sensitive is hidden: $(row parent $area)"
done
grep -q 'all of a group of fewer than 20' out/all/release/tables/lonely.html || fail "readers are not told of the rule"
# the attacker cannot tell that nobody in North said no, nor that nobody in South said yes
sqlite3 out/all/restricted/audited.db "SELECT condition FROM interval WHERE condition LIKE '%lonely%' AND truth = 0
	AND (least > 0 OR most < 10)" >told
[ ! -s told ] || fail "told: $(cat told)"
[ "$(sqlite3 out/all/restricted/protected.db "SELECT count(*) FROM decision WHERE rule = 'group'")" -eq 2 ] \
	|| fail "$(sqlite3 out/all/restricted/protected.db "SELECT condition, rule FROM decision WHERE n = 0 AND published")"

# a group of 80 is no small one; one of 14 is not where the policy says 14
study ', sensitive: [lonely], min_group: 14'
[ "$(row lonely N)" = 14,14,100.0 ] || fail "14 are not fewer than 14: $(row lonely N)"
[ "$(row lonely S | cut -d, -f2-)" = '[c],[c]' ] || fail "13 are: $(row lonely S)"

# a name that there is not
if chain STUDY=all EXPORTS=exports && sed -i 's/sensitive: \[lonely\]/sensitive: [lonly]/' configs/all.yaml && chain STUDY=all EXPORTS=exports >/dev/null; then
	fail "a sensitive variable that there is not was taken"
fi
grep -q 'did you mean lonely' log || { cat log; fail "it does not say what was meant"; }

# and one without codes, of which the rule protects nothing
echo score,Score,integer,scale,, >>data-dictionary/all/variables.csv
echo plain,name,score,score >>data-dictionary/all/headers.csv
sed -i '1s/$/,score/; 2,$s/$/,3/' exports/all.csv
! study ', sensitive: [score]' >/dev/null || fail "a sensitive variable without codes was taken"
grep -q 'disclosure.sensitive names score, which has no codes' log || { cat log; fail "it does not say what is wrong"; }
