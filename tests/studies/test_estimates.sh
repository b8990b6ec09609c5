#!/bin/sh
# Totals, ratios and quantiles through the whole chain: what is published is what SQL adds up from the answers, a quantile has
# enough people on either side, nothing of few people is shown or can be worked out, and what would tell of other tables is refused.
. tests/studies/place.sh
begin "$1"

sed '/^analyses:/,/^disclosure:/{/^disclosure:/!d}' configs/demo.yaml >demo
grep -q '^disclosure:' demo && ! grep -q '^analyses:' demo || fail "the demo is written otherwise now"
with() { # the demo with these analyses
	printf 'analyses:\n%s\n' "$1" >analyses
	cat demo analyses >configs/demo.yaml
}
publish() {
	chain STUDY=demo
	rm -f known.db
	sqlite3 known.db <<-SQL
		.mode csv
		.import out/demo/release/results.csv r
	SQL
}
ask() { # SQL over the results (r) and the answers (respondents, with area codes)
	sqlite3 known.db "ATTACH 'out/demo/restricted/survey/deidentified.db' AS d" \
		"CREATE TEMP VIEW people AS SELECT respondents.*, area.code AS place FROM d.respondents JOIN d.area USING (area)" "$1"
}
none() { # WHAT SQL
	found=$(ask "$2")
	[ -z "$found" ] || fail "$1: $(echo "$found" | head -3)"
}
refused() { # WORDS ANALYSES
	with "$2"
	rm -f out/demo/restricted/compared.db
	if chain STUDY=demo >said; then fail "went on, where it should say: $1"; fi
	grep -q "$1" log || { cat log; fail "says something else than: $1"; }
	[ ! -e out/demo/restricted/compared.db ] || fail "something was computed"
}

life="dataset: survey, outcome: life_satisfaction"
with "  - {name: life, title: L, kind: mean, $life}
  - {name: life-total, title: L, kind: total, $life, decimals: 0}
  - {name: homes, title: H, dataset: survey, kind: total, outcome: accommodation}
  - {name: supported, title: S, dataset: survey, kind: share, outcome: support_received, codes: ['yes'], interval: jeffreys}
  - {name: helpful, title: H, dataset: survey, kind: total, outcome: support_helpful}
  - {name: middle, title: M, dataset: survey, kind: quantile, outcome: swemwbs_metric}
  - {name: lonely, title: A, dataset: survey, kind: quantile, outcome: loneliness, quantiles: [0.25, 0.5], decimals: 0}"
publish
here="(area_code = '' OR area_code = place)"
none "a total is not the sum of the answers" "SELECT * FROM r WHERE analysis = 'life-total' AND statistic = 'total'
	AND estimate <> (SELECT sum(life_satisfaction) FROM people WHERE $here)"
none "an estimated total is not the weighted sum" "SELECT * FROM r WHERE analysis = 'life-total' AND statistic = 'weighted_total'
	AND abs(estimate - (SELECT sum(weight * life_satisfaction) FROM people WHERE $here)) > 0.5000001"
none "a total is not its mean times its people" "SELECT * FROM r AS t JOIN r AS m USING (area_code) WHERE t.statistic = 'total'
	AND m.statistic = 'mean' AND abs(1.0 * t.estimate / (SELECT n FROM r AS c WHERE c.analysis = 'life' AND c.statistic = 'count'
		AND c.area_code = t.area_code) - m.estimate) > 0.0500001"
[ "$(ask "SELECT count(*) FROM r WHERE statistic IN ('total', 'weighted_total') AND analysis = 'life-total' AND status = ''")" -eq 10 ] ||
	fail "a total is not there"
none "an estimated number of people is shown of few, or is not the sum of their weights" "SELECT * FROM r
	WHERE analysis = 'homes' AND statistic = 'weighted_total' AND status = '' AND (
		(SELECT count(*) FROM people JOIN d.code ON variable = 'accommodation' AND position = accommodation
			WHERE $here AND code.code = category) < 10
		OR abs(estimate - (SELECT sum(weight) FROM people JOIN d.code ON variable = 'accommodation' AND position = accommodation
			WHERE $here AND code.code = category)) > 0.0500001)"
[ "$(ask "SELECT count(*) FROM r WHERE analysis = 'homes' AND status = 'c' AND statistic = 'weighted_total'")" -ge 8 ] ||
	fail "hardly any number of people is hidden"
none "a share names another interval" "SELECT * FROM r WHERE statistic = 'share' AND status = '' AND method <> 'Jeffreys interval'"

# Ten answers beyond each limit: as places; so at least eleven at or beyond it.
none "fewer than ten answered beyond a quantile or its limits" "SELECT * FROM r WHERE analysis = 'middle' AND status = '' AND estimate <> ''
	AND ((SELECT count(*) FROM people WHERE $here AND round(swemwbs_metric, 1) <= CAST(low AS REAL)) <= 10
		OR (SELECT count(*) FROM people WHERE $here AND round(swemwbs_metric, 1) >= CAST(high AS REAL)) <= 10)"
none "a median is not the middle" "SELECT * FROM r WHERE statistic = 'quantile' AND category = '0.5' AND analysis = 'middle' AND status = ''
	AND CAST(estimate AS REAL) <> (SELECT round(min(swemwbs_metric), 1) FROM people AS p WHERE $here
		AND 2 * (SELECT count(*) FROM people AS q WHERE (area_code = '' OR area_code = q.place) AND q.swemwbs_metric <= p.swemwbs_metric)
			>= (SELECT count(swemwbs_metric) FROM people AS q WHERE area_code = '' OR area_code = q.place))"
[ "$(ask "SELECT count(*) FROM r WHERE analysis = 'middle' AND statistic = 'quantile' AND status = ''")" -ge 10 ] || fail "hardly any quantile"
[ "$(ask "SELECT count(*) FROM r WHERE analysis = 'middle' AND reason = 'fewer-beside-than-threshold'")" -ge 1 ] || fail "nothing is refused"
[ "$(ask "SELECT count(*) FROM r WHERE analysis = 'lonely' AND estimate <> '' AND low || high = ''")" -ge 8 ] || fail "no median of codes"
out=$(pwd)/out/demo
(cd "$root" && sh tests/studies/test_attack.sh "$bin" "$out" 10)

# a ratio is of both sums
with "  - {name: per, title: P, dataset: survey, kind: ratio, outcome: life_satisfaction, per: swemwbs_metric, decimals: 2}"
publish
both="life_satisfaction IS NOT NULL AND swemwbs_metric IS NOT NULL"
none "a ratio is not that of both sums" "SELECT * FROM r WHERE statistic = 'ratio'
	AND abs(estimate - (SELECT 1.0 * sum(life_satisfaction) / sum(swemwbs_metric) FROM people WHERE $here AND $both)) > 0.0050001"
none "the sums of a ratio are not of those who answered both" "SELECT * FROM r WHERE statistic = 'total'
	AND abs(estimate - (SELECT iif(outcome = 'swemwbs_metric', sum(swemwbs_metric), sum(life_satisfaction)) FROM people
		WHERE $here AND $both)) > 0.0050001"
[ "$(ask "SELECT count(*) FROM r WHERE statistic IN ('ratio', 'weighted_ratio', 'total') AND status = ''")" -eq 20 ] ||
	fail "a ratio is not there"

# groups of few: their sums and ratios are hidden, and no quantile is beside them
few="filter: \"activity = 'none' AND gender = 'man'\""
with "  - {name: life-total, title: L, kind: total, $life, decimals: 0, $few}
  - {name: life, title: L, kind: mean, $life}
  - {name: per, title: P, dataset: survey, kind: ratio, outcome: moves, per: life_satisfaction, $few}
  - {name: middle, title: M, dataset: survey, kind: quantile, outcome: swemwbs_metric, $few}"
publish
none "something of few people is shown" "SELECT * FROM r WHERE analysis IN ('life-total', 'per', 'middle') AND status = '' AND area_code <> ''
	AND (SELECT count(*) FROM people JOIN d.code AS a ON a.variable = 'activity' AND a.position = activity
		JOIN d.code AS g ON g.variable = 'gender' AND g.position = gender
		WHERE place = area_code AND a.code = 'none' AND g.code = 'man') < 10"
[ "$(ask "SELECT count(*) FROM r WHERE analysis = 'life-total' AND statistic = 'total' AND status = 'c'")" -ge 3 ] || fail "no area is hidden"
none "all areas show a quantile beside an area that is hidden" "SELECT * FROM r WHERE statistic = 'quantile' AND area_code = '' AND status <> 'c'"

# weights that others can work out: an estimated total would tell how many took part, and so how few did not answer something
mkdir dictionary
cp data-dictionary/demo/survey/*.csv dictionary
printf '%s\n' margin,code,population,source area,E06000055,184,DfE area,E06000056,257,DfE area,E06000032,337,DfE area,E06000042,277,DfE \
	>dictionary/margins.csv
sed -i -e 's|dictionary: data-dictionary/demo/survey|dictionary: dictionary\n    design: {adjust: poststratify, margins: [area]}|' demo
with "  - {name: life-total, title: L, kind: total, $life, decimals: 0}
  - {name: life, title: L, kind: mean, $life}"
publish
none "an estimated total tells how few did not answer" "SELECT * FROM r WHERE statistic = 'weighted_total' AND status = ''
	AND (SELECT count(*) FROM people WHERE $here AND life_satisfaction IS NULL) BETWEEN 1 AND 9"
[ "$(ask "SELECT count(*) FROM r WHERE statistic = 'weighted_total' AND status = 'c'")" -ge 1 ] || fail "no total is hidden"
[ "$(ask "SELECT count(*) FROM r WHERE statistic IN ('total', 'mean', 'weighted_mean') AND status = ''")" -eq 15 ] ||
	fail "more is hidden than the estimated totals"

# what would be told together
refused 'together they would tell how few lie between two values' \
	"  - {name: middle, title: M, dataset: survey, kind: quantile, outcome: swemwbs_metric}
  - {name: low, title: L, dataset: survey, kind: share, outcome: swemwbs_band, codes: [low]}"
refused 'together they would tell how few lie between two values' \
	"  - {name: lonely, title: M, dataset: survey, kind: quantile, outcome: loneliness}
  - {name: table, title: L, dataset: survey, kind: table, outcome: loneliness}"
refused 'is the mean of the codes that' "  - {name: mean, title: M, dataset: survey, kind: mean, outcome: loneliness}
  - {name: number, title: L, dataset: survey, kind: total, outcome: loneliness}"
refused 'reads `swemwbs_metric`, which `per` is about' \
	"  - {name: per, title: P, dataset: survey, kind: ratio, outcome: life_satisfaction, per: swemwbs_metric}
  - {name: well, title: W, dataset: survey, kind: total, outcome: accommodation, filter: swemwbs_metric > 20}"
