#!/bin/sh
# How fast: run.sh BIN [ROWS COLUMNS]. Bare libcsv, ingest and validate over the same made-up export, in turn, five times;
# the least time of each is printed, with the peak memory and the ratio to bare libcsv. Nothing is asserted.
. tests/studies/place.sh
tools=$(cd "$(dirname "$1")/test" && pwd)
rows=${2:-100000}
columns=${3:-60}
begin "$1"
. "$root/tests/bench/study.sh"
make_study "$columns"
mkdir plain packed
make_export "$rows" "$columns" >plain/export.csv
gzip -n <plain/export.csv >packed/export.csv
bytes=$(wc -c <plain/export.csv)

timed() { # NAME COMMAND...: adds a line to times
	name=$1
	shift
	"$tools/peak" used "$@" >said || fail "$name ended with $?"
	echo "$name,$(tr ' ' ',' <used)" >>times
}

stage() { # NAME PROGRAM ARGUMENTS...
	name=$1 program=$2
	shift 2
	rm -f "$program.db"
	timed "$name" "$bin/$program" --study study.yaml --dataset survey --places data-dictionary/places.csv \
		--output "$program.db" "$@"
}

for round in 1 2 3 4 5; do
	timed 'libcsv' "$tools/tokenise" plain/export.csv
	timed 'libcsv (gzip)' "$tools/tokenise" packed/export.csv
	stage 'ingest (gzip)' ingest --platforms data-dictionary/platforms --exports packed
	stage ingest ingest --platforms data-dictionary/platforms --exports plain
	stage validate validate ingest.db
done

echo "$rows rows, $columns columns, $bytes bytes ($(wc -c <packed/export.csv) packed); the least of five rounds"
awk -F, -v bytes="$bytes" '
	!($1 in least) { order[++n] = $1; least[$1] = $2 }
	{ if ($2 < least[$1]) least[$1] = $2; if ($3 > most[$1]) most[$1] = $3 }
	END {
		printf "%-14s %8s %8s %9s %10s\n", "program", "seconds", "MB/s", "peak MiB", "to libcsv"
		for (i = 1; i <= n; i++) {
			name = order[i]
			bare = least[name ~ /gzip/ ? "libcsv (gzip)" : "libcsv"]
			printf "%-14s %8.2f %8.1f %9.1f %10.2f\n", name, least[name], bytes / 1e6 / least[name],
				most[name] / 1024, least[name] / bare
		}
	}' times
