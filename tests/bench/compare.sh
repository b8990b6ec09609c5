#!/bin/sh
# How fast compare is: compare.sh BIN [ROWS]. Twenty outcomes by 152 areas of one made-up table, weighted, with variances by
# linearisation; the same by R's svyby (svymean) on the same rows, which must give the same numbers; and how its time grows
# with rows, areas, outcomes and with what is compared. Ratios are of the seconds that processors worked.
. tests/studies/place.sh
tools=$(cd "$(dirname "$1")/test" && pwd)
rows=${2:-100000}
begin "$1"
bench=$root/tests/bench
export LC_ALL=C
areas=152 outcomes=20

# --- the table: as deidentify writes it, from a made-up export by way of the whole chain ---

mkdir -p dictionary plain
{
	echo "variable,label,type,level,codes,min,max,required,role"
	echo "id,Respondent,id,,,,,yes,key"
	echo "area,Area,code,nominal,areas,,,yes,area"
	echo "weight,Weight,number,,,0,,yes,weight"
	for i in $(seq $outcomes); do
		if [ $((i % 2)) -eq 0 ]; then echo "q$i,Question $i,code,binary,yesno,,,yes,measure"
		else echo "q$i,Question $i,integer,scale,,0,10,yes,measure"; fi
	done
} >dictionary/variables.csv
{
	echo "list,code,label"
	for i in $(seq $areas); do printf 'areas,A%03d,Area %d\n' "$i" "$i"; done
	echo "yesno,yes,Yes"
	echo "yesno,no,No"
} >dictionary/codes.csv
echo rule,severity,when,require,message >dictionary/rules.csv
echo headers,match,header,variable >dictionary/headers.csv
awk -v rows="$rows" -v areas=$areas -v outcomes=$outcomes '
	function chance(n) { seed = (seed * 16807) % 2147483647; return seed % n }
	BEGIN {
		seed = 42
		printf "id,area,weight"
		for (i = 1; i <= outcomes; i++) printf ",q%d", i
		print ""
		for (row = 1; row <= rows; row++) {
			printf "R%07d,A%03d,%.3f", row, row % areas + 1, 0.5 + chance(2000) / 1000
			for (i = 1; i <= outcomes; i++)
				printf i % 2 ? "," chance(11) : chance(100) < 20 + (row % areas) / 3 ? ",yes" : ",no"
			print ""
		}
	}' >plain/export.csv

write_study() { # FILE OUTCOMES [MORE]: what every analysis asks for besides
	{
		echo 'study: {name: bench, title: Made up, synthetic: yes, date: 2026-03-31, seed: 1, key: a key that is no secret}'
		echo 'datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: dictionary, exports: [{path: export.csv}]}]'
		echo 'analyses:'
		for i in $(seq "$2"); do
			[ $((i % 2)) -eq 0 ] && kind='share, codes: ["yes"]' || kind=mean
			echo "  - {name: a$i, title: T, dataset: survey, outcome: q$i, kind: $kind${3:-, test: no}}"
		done
	} >"$1"
}
stage() { # PROGRAM ARGUMENTS...
	program=$1
	shift
	"$bin/$program" --study study.yaml --dataset survey --places data-dictionary/places.csv --output "$program.db" "$@" \
		>said 2>&1 || { cat said; fail "$program ended with $?"; }
}
write_study study.yaml $outcomes
stage ingest --platforms data-dictionary/platforms --exports plain
stage validate --instruments data-dictionary/instruments ingest.db
stage derive --instruments data-dictionary/instruments validate.db ingest.db
stage deidentify derive.db validate.db ingest.db

# The first rows of it, and fewer areas.
table() { # FILE ROWS AREAS
	cp deidentify.db "$1"
	sqlite3 "$1" "DELETE FROM respondents WHERE respondent > $2; DELETE FROM area WHERE area > $3;
		UPDATE respondents SET area = (area - 1) % $3 + 1;"
}

# --- time ---

rounds=3
[ "$rows" -le 200000 ] || rounds=1
timed() { # NAME COMMAND...: the least CPU seconds of the rounds, as $worked, with their $clock and $memory
	name=$1
	shift
	worked='' clock='' memory=''
	for round in $(seq $rounds); do
		rm -f compare.db
		"$tools/peak" used "$@" >said 2>&1 || { cat said; fail "$name ended with $?"; }
		read -r seconds kib cpu <used
		if [ -z "$worked" ] || [ "$(echo "$cpu < $worked" | bc)" = 1 ]; then worked=$cpu clock=$seconds memory=$kib; fi
	done
}
compare() { # NAME STUDY TABLE
	timed "$1" "$bin/compare" --study "$2" --output compare.db survey="$3"
}
ratio() { # A B
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

echo
echo "compare: $outcomes outcomes by $areas areas, $rows rows, weighted; the least of $rounds rounds"
printf '%-44s %8s %8s %9s %8s\n' what 'clock s' 'CPU s' 'peak MiB' ratio
line() { # NAME RATIO
	printf '%-44s %8.2f %8.2f %9.1f %8s\n' "$1" "$clock" "$worked" "$(awk -v k="$memory" 'BEGIN { print k / 1024 }')" "$2"
}

compare compare study.yaml deidentify.db
whole=$worked
line compare 1.00
sqlite3 -separator , compare.db "SELECT 'q' || substr(analysis, 2), area, printf('%.15g', max(iif(figure.name = 'estimate', value, NULL))),
		iif(statistic = 'weighted_share', '', printf('%.15g', max(iif(figure.name = 'low', value, NULL)))),
		iif(statistic = 'weighted_share', '', printf('%.15g', max(iif(figure.name = 'high', value, NULL))))
	FROM result JOIN figure USING (result) WHERE statistic IN ('weighted_mean', 'weighted_share') AND area IS NOT NULL
	GROUP BY result" | sort >ours

if [ "$rows" -gt 200000 ]; then
	echo 'R survey takes too long for so many rows: left out'
elif Rscript --vanilla -e 'library(survey)' >/dev/null 2>&1; then
	sqlite3 -header -csv deidentify.db "SELECT code AS area, weight, $(for i in $(seq $outcomes); do
		[ $((i % 2)) -eq 0 ] && echo "2 - q$i AS q$i" || echo "q$i"; done | paste -sd,)
		FROM respondents JOIN area USING (area) ORDER BY respondent" >table.csv
	rounds=1 # it takes minutes
	timed svyby Rscript --vanilla "$bench/compare.R" table.csv $outcomes theirs.csv
	rounds=3
	line "R survey, svyby of svymean" "$(ratio "$worked" "$whole")"
	sort theirs.csv >theirs
	awk -F, 'function far(a, b) { return (a == "") != (b == "") || (a - b > 1e-9 * (1 + b * b) || b - a > 1e-9 * (1 + b * b)) }
		NR == FNR { estimate[$1 "," $2] = $3; low[$1 "," $2] = $4; high[$1 "," $2] = $5; next }
		{ key = $1 "," $2; seen++ }
		!(key in estimate) || far($3, estimate[key]) || far($4, low[key]) || far($5, high[key]) { print "differs: " $0; wrong = 1 }
		END { if (seen != length(estimate) || wrong || seen == 0) exit 1 }' theirs ours >differs ||
		{ head -5 differs; fail "compare and svyby do not give the same numbers"; }
else
	echo 'R survey is not installed (r-cran-survey): left out'
fi

# --- how it grows ---

for part in 10 3 1; do
	[ "$((rows / part))" -ge 1000 ] || continue
	table some.db $((rows / part)) $areas
	compare rows study.yaml some.db
	line "$((rows / part)) rows" "$(ratio "$worked" "$whole")"
done
for some in 5 38 $areas; do
	table some.db "$rows" "$some"
	compare areas study.yaml some.db
	line "$some areas" "$(ratio "$worked" "$whole")"
done
for some in 5 10 $outcomes; do
	write_study some.yaml "$some"
	compare outcomes some.yaml deidentify.db
	line "$some outcomes" "$(ratio "$worked" "$whole")"
done
write_study some.yaml $outcomes ', test: yes'
compare tests some.yaml deidentify.db
line "with a test by weights across the areas" "$(ratio "$worked" "$whole")"
rounds=1
write_study some.yaml $outcomes ', test: yes, compare: [rest]'
compare rest some.yaml deidentify.db
line "and each area with the rest, Fisher's test" "$(ratio "$worked" "$whole")"
