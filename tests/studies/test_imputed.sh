#!/bin/sh
# A file of imputations as mice writes it (complete(imp, "long", include = TRUE)), from the export to the release: people
# count once, means and shares are pooled, an area of few shows nothing, and one imputation can be taken alone.
. tests/studies/place.sh
begin "$1"

mkdir -p data-dictionary/imputed/survey exports/imputed
head -1 data-dictionary/demo/survey/rules.csv >data-dictionary/imputed/survey/rules.csv
cat >data-dictionary/imputed/survey/variables.csv <<-END
	variable,label,question,type,level,polarity,codes,missing,min,max,pattern,required,unique,asked_if,unit,instrument,item,role,disclosure,treat,domain,waves,note
	imp,Imputation,,integer,nominal,,,,0,,,yes,,,,,,imputation,,,,,
	person,Person,,id,,,,,,,,yes,yes,,,,,key,direct,pseudonym,,,
	area,Area,,code,nominal,,areas,,,,,yes,,,,,,area,,,,,
	sat,Satisfaction,,integer,scale,,,not_answered,0,10,,,,,points,,,,,,,,
	lone,Loneliness,,code,ordinal,,often,not_answered,,,,,,,,,,,,,,,
END
cat >data-dictionary/imputed/survey/codes.csv <<-END
	list,code,label,as_exported,missing,exclusive,waves,note
	areas,N,North,,,,,
	areas,S,South,,,,,
	areas,W,West,,,,,
	often,1,Never,,,,,
	often,2,Often,,,,,
END
cat >data-dictionary/imputed/survey/headers.csv <<-END
	headers,match,header,option,variable,values,ticked,unticked,note
	plain,name,.imp,,imp,,,,
	plain,name,.id,,person,,,,
END
# 60 of North, 50 of South, 6 of West; every third number and every fourth code is missing, of 116 some both
awk 'BEGIN { print "\".imp\",\".id\",\"area\",\"sat\",\"lone\""
	for (j = 0; j <= 5; j++) for (i = 1; i <= 116; i++) {
		sat = i % 3 ? i * 7 % 11 : (i * 5 + j * j) % 11; lone = 1 + (i % 4 ? i % 2 : int(i / 4 + j) % 2)
		if (j == 0 && i % 3 == 0) sat = ""
		if (j == 0 && i % 4 == 0) lone = ""
		printf "%d,%d,\"%s\",%s,%s\n", j, i, i <= 60 ? "N" : i <= 110 ? "S" : "W", sat, lone } }' >exports/imputed/imputed.csv
study() { # ANALYSES
	cat >configs/imputed.yaml <<-END
		study: {name: imputed, title: Imputed, synthetic: yes, date: 2026-01-01, key: the key of a made-up study, seed: 1}
		datasets:
		  - {name: survey, kind: responses, unit: {name: respondent}, dictionary: data-dictionary/imputed/survey, exports: [{path: imputed.csv}]}
		analyses:
		$1
	END
}
results() { # SQL, of table r
	rm -f results.db
	sqlite3 results.db ".mode csv" ".import out/imputed/release/results.csv r" ".mode list" "$1"
}

study '  - {name: sat, title: Satisfaction, dataset: survey, kind: mean, outcome: sat}
  - {name: lone, title: Lonely, dataset: survey, kind: share, outcome: lone, codes: ["2"]}'
chain STUDY=imputed
table=out/imputed/restricted/survey/deidentified.db
[ "$(sqlite3 $table "SELECT count(*), (SELECT count(*) FROM again) FROM respondents")" = "696|580" ] || fail "rows were lost"
[ "$(sqlite3 out/imputed/restricted/survey/validated.db "SELECT count(*) FROM finding")" = 0 ] || fail "imputations were found fault with"
[ "$(results "SELECT n FROM r WHERE analysis = 'sat' AND statistic = 'count' AND area_code = 'N'")" = 60 ] || fail "people of North"
[ "$(results "SELECT estimate FROM r WHERE statistic = 'pooled_mean' AND area_code = 'N'")" \
	= "$(sqlite3 $table "SELECT printf('%.1f', avg(sat)) FROM respondents WHERE imp > 0 AND area = 1")" ] || fail "mean of North"
[ "$(results "SELECT estimate FROM r WHERE statistic = 'pooled_share' AND area_code = 'N'")" \
	= "$(sqlite3 $table "SELECT printf('%.1f', 100.0 * avg(lone = 2)) FROM respondents WHERE imp > 0 AND area = 1")" ] ||
	fail "share of North"
[ "$(sqlite3 out/imputed/restricted/compared.db "SELECT group_concat(area || ' ' || flags, ', ') FROM (SELECT area, coalesce(flags, '') AS flags
	FROM result WHERE statistic = 'pooled_share' AND area IS NOT NULL ORDER BY area)")" = "N , S , W n-below-10 wide-interval" ] || fail "flags of pooled shares"
[ -z "$(results "SELECT * FROM r WHERE area_code = 'W' AND status = ''")" ] || fail "six people of West are told of"
[ "$(results "SELECT count(DISTINCT status) FROM r WHERE analysis = 'sat' AND statistic IN ('count', 'pooled_mean')
	AND area_code <> 'W'")" = 2 ] || fail "West follows from all areas and the others"
grep -q 'Pooled mean' out/imputed/release/tables/sat.csv || fail "no table"

study '  - {name: sat, title: Satisfaction, dataset: survey, kind: mean, outcome: sat, filter: imp = 0}'
chain STUDY=imputed
[ "$(results "SELECT n FROM r WHERE statistic = 'count' AND area_code = 'N'")" = 40 ] || fail "who answered in North"

study '  - {name: sat, title: Satisfaction, dataset: survey, kind: mean, outcome: sat}
  - {name: lone, title: Lonely, dataset: survey, kind: table, outcome: lone, filter: imp = 0}'
! chain STUDY=imputed >/dev/null || fail "pooled beside collected"
grep -q 'how few did not answer' log || fail "$(cat log)"
