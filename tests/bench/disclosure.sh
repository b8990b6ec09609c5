#!/bin/sh
# How long it takes to protect and to attack a study, by how many areas it has: disclosure.sh BIN. The demo's survey with two
# tables, of all local authorities at most, 60 respondents each; with lines of regions, too, and without. First all of the
# demo's tables together, of five areas and of nineteen; and of each whether its pattern was proven to be the cheapest.
set -eu
bin=$(cd "$1" && pwd)
tools=$(cd "$(dirname "$1")/test" && pwd)
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$root/data-dictionary" "$work/"
mkdir "$work/pipeline" "$work/configs"
cp "$root/pipeline/chain.mk" "$work/pipeline/"
cp -R "$root/configs/demo" "$work/configs/"
cd "$work"
unset MAKEFLAGS MAKELEVEL MFLAGS STUDY EXPORTS BY WHY

seconds() { # PROGRAM...: of processor time
	"$tools/peak" spent "$@" >&2 || { echo "error: $1 failed" >&2; exit 1; }
	awk '{ printf "%.2f", $3 }' spent
}

# Limits are wide, as faults are planted; the two tables cross the areas with ten codes.
study() { # AREAS LEVELS TABLES
	codes=$(sqlite3 :memory: ".import --csv data-dictionary/places.csv place" \
		"SELECT group_concat(code, ', ') FROM (SELECT code FROM place WHERE kind = 'la' AND closed = '' ORDER BY code LIMIT $1)")
	sed -e "s/^  areas: .*/  areas: [$codes]\n  levels: [$2]/" -e "s/respondents: 400/respondents: $(($1 * 60))/" -e 's/per_cent: [0-9]*/per_cent: 50/' \
		-e 's/at_most: 1}/at_most: 100000}/' "$root/configs/demo.yaml" >configs/demo.yaml
	[ "$3" = all ] || sed -i -e '/^analyses:/,/^disclosure:/{/^disclosure:/!d}' -e '/^disclosure:/i\
analyses:\
  - {name: loneliness, title: Loneliness, dataset: survey, kind: table, outcome: loneliness}\
  - {name: accommodation, title: Accommodation, dataset: survey, kind: table, outcome: accommodation}' configs/demo.yaml
	rm -rf out
	make -s -f pipeline/chain.mk bin="$bin" STUDY=demo out/demo/restricted/compared.db >log 2>&1 || { cat log; exit 1; }
}

printf '%6s %15s %6s %8s %8s %10s %10s %8s\n' areas levels tables cells small 'protect s' 'audit s' cheapest
for size in '5  all' '19 region,country all' '5  two' '5 region,country two' '19  two' '19 region,country two' '76  two' '76 region,country two' '152  two' '152 region,country two'; do
	areas=${size%% *} tables=${size##* } levels=${size#* }
	levels=${levels% *}
	study "$areas" "$levels" "$tables"
	compared=out/demo/restricted/compared.db
	rm -f protected.db withheld.db audited.db
	protect=$(seconds "$bin/protect" --study configs/demo.yaml --output protected.db $compared)
	"$bin/withhold" --study configs/demo.yaml --output withheld.db $compared protected.db
	audit=$(seconds "$bin/audit" --study configs/demo.yaml --output audited.db withheld.db protected.db)
	printf '%6d %15s %6s %8d %8d %10s %10s %8s\n' "$areas" "$levels" "$tables" "$(sqlite3 $compared 'SELECT count(*) FROM cell')" \
		"$(sqlite3 protected.db 'SELECT count(*) FROM decision WHERE unsafe')" "$protect" "$audit" \
		"$(sqlite3 protected.db "SELECT CASE value WHEN 'the cheapest that protects' THEN 'proven' ELSE 'no' END FROM policy WHERE item = 'pattern'")"
done
