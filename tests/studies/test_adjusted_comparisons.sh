#!/bin/sh
# The demo raked to the areas and to who had support, whose areas are compared by these weights. What is published agrees with
# what the tables print, has nothing unweighted in it but who answered, rests on no small group of a margin, and stands the
# attack.
. tests/studies/place.sh
begin "$1"

cat >dataset <<-YAML
	    derived:
	      - variable: supported
	        label: Had support, as far as is known
	        codes:
	          - {code: not, label: Had none or did not say, when: "support_received is null or support_received <> 'yes'"}
	          - {code: had, label: Had support}
	        needs: any
	    design: {adjust: rake, margins: [area, supported]}
YAML
cat >analyses <<-YAML
	analyses:
	  - {name: wellbeing, title: Wellbeing, dataset: survey, kind: mean, outcome: swemwbs_metric, compare: [pairs, rest, benchmark],
	     benchmark: {value: 22.5, name: England}}
	  - {name: low, title: Low wellbeing, dataset: survey, kind: share, outcome: swemwbs_band, codes: [low], compare: [pairs, rest]}
YAML
printf 'margin,code,population,source\narea,E06000055,184,DfE 2025\narea,E06000056,257,DfE 2025\narea,E06000032,337,DfE 2025\narea,E06000042,277,DfE 2025\n' \
	>data-dictionary/demo/survey/margins.csv
printf 'supported,had,420,made up\nsupported,not,635,made up\n' >>data-dictionary/demo/survey/margins.csv
sed -e '/^analyses:/,/^disclosure:/{/^disclosure:/!d}' -e '/^    dictionary:/r dataset' configs/demo.yaml >demo
awk 'FNR == NR { added = added $0 "\n"; next } /^disclosure:/ { printf "%s\n", added } { print }' analyses demo >configs/demo.yaml
chain STUDY=demo

sql() { # SQL
	sqlite3 out/demo/restricted/withheld.db "ATTACH 'out/demo/restricted/compared.db' AS c; $1"
}
none() { # WHAT SQL
	found=$(sql "$2")
	[ -z "$found" ] || fail "$1: $(echo "$found" | head -3)"
}
compared="r.statistic IN ('weighted_mean_difference', 'weighted_share_difference', 'weighted_share_ratio', 'weighted_odds_ratio',
	'design_wald', 'rao_scott', 'weighted_cramers_v', 'benchmark', 'p_holm', 'p_benjamini_hochberg')"

[ -s out/demo/restricted/audited.db ] || fail "no audit passed"
sql "SELECT statistic, status, count(*) FROM result GROUP BY 1, 2" >lines
[ "$(sql "SELECT count(*) FROM result AS r WHERE $compared AND status = 'ok'")" -ge 10 ] || fail "hardly anything is compared: $(cat lines)"
[ "$(sql "SELECT count(*) FROM result AS r WHERE $compared AND status = 'hidden'")" -ge 5 ] || fail "hardly anything is hidden: $(cat lines)"
none "something unweighted beside the weights" "SELECT analysis, statistic FROM c.result WHERE flags LIKE '%unweighted%'
	OR (statistic <> 'count' AND statistic NOT LIKE 'p!_%' ESCAPE '!' AND weight IS NULL)"
none "a comparison is shown that rests on a small group" "SELECT r.analysis, r.statistic, r.area, r.comparator, cell.condition, cell.n
	FROM result AS r JOIN c.rests USING (result) JOIN c.cell ON cell.cell = rests.cell
	WHERE $compared AND r.status = 'ok' AND cell.n BETWEEN 1 AND 9"
none "a comparison rests on no group" "SELECT analysis, statistic FROM c.result AS r WHERE $compared AND NOT EXISTS (SELECT 1
	FROM c.rests JOIN c.cell USING (cell) WHERE rests.result = r.result AND condition LIKE '%supported%=had%')"
none "a difference is shown and one of its figures is not" "SELECT r.area, r.comparator FROM result AS r
	WHERE r.statistic IN ('weighted_mean_difference', 'weighted_share_difference') AND r.status = 'ok' AND EXISTS (SELECT 1 FROM result AS own
		WHERE own.analysis = r.analysis AND own.statistic IN ('weighted_mean', 'weighted_share') AND own.status <> 'ok'
		AND own.area IN (r.area, r.comparator))"
none "a rest is shown where an area is hidden" "SELECT r.area FROM result AS r WHERE r.comparator = 'rest' AND r.status = 'ok'
	AND EXISTS (SELECT 1 FROM result AS own WHERE own.analysis = r.analysis AND own.status <> 'ok'
		AND own.statistic IN ('weighted_mean', 'weighted_share', 'count'))"
none "a difference is not that of the two figures" "SELECT r.area, r.comparator FROM c.result AS r JOIN c.figure AS f USING (result)
	WHERE f.name = 'estimate' AND r.statistic = 'weighted_mean_difference' AND r.comparator <> 'rest' AND abs(f.value
		- (SELECT sum(CASE own.area WHEN r.area THEN o.value ELSE -o.value END) FROM c.result AS own JOIN c.figure AS o USING (result)
			WHERE own.statistic = 'weighted_mean' AND o.name = 'estimate' AND own.area IN (r.area, r.comparator))) > 1e-9"
