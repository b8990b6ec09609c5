#!/bin/sh
# How fast: run.sh BIN [ROWS COLUMNS]. Over one made-up export: bare libcsv, ingest and validate, and the same checks by
# hand in R data.table and in DuckDB, in turn; the least time of each is printed, with its peak memory and its ratio to
# the others. Ratios are of the seconds that processors worked, which other work on the machine changes less than those
# of the clock. About speed nothing is asserted. But whoever checks must find the same: each writes which row failed which
# check, and those lists must be equal.
. tests/studies/place.sh
tools=$(cd "$(dirname "$1")/test" && pwd)
rows=${2:-100000}
columns=${3:-60}
begin "$1"
bench=$root/tests/bench
. "$bench/study.sh"
export LC_ALL=C

data_table=no duckdb=no
if [ "$columns" -ne 60 ]; then
	echo 'the peers know the checks of 60 columns: left out'
else
	if Rscript --vanilla -e 'library(data.table)' >/dev/null 2>&1; then data_table=yes
	else echo 'R data.table is not installed (r-cran-data.table): left out'; fi
	# Pinned with its hashes in package-lock.json, which leaves out other systems' binaries, so that `npm ci` refuses it; no
	# package may run a program of its own when installed.
	if (cd "$bench" && npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error) >/dev/null 2>&1 &&
		(cd "$bench" && node -e "import('@duckdb/node-api').catch(() => process.exit(1))"); then duckdb=yes
	else echo 'DuckDB is not installed (node, npm, and the npm registry within reach): left out'; fi
fi

make_study "$columns"
mkdir plain packed
make_export "$rows" "$columns" >plain/export.csv
gzip -1n <plain/export.csv >packed/export.csv
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

round() {
	timed 'libcsv' "$tools/tokenise" plain/export.csv
	timed 'libcsv (gzip)' "$tools/tokenise" packed/export.csv
	stage 'ingest (gzip)' ingest --platforms data-dictionary/platforms --exports packed
	stage ingest ingest --platforms data-dictionary/platforms --exports plain
	stage validate validate --instruments data-dictionary/instruments ingest.db
	[ "$data_table" = no ] || timed 'R data.table' Rscript --vanilla "$bench/validate.R" plain/export.csv data_table.csv
	[ "$duckdb" = no ] || timed DuckDB node "$bench/validate.mjs" plain/export.csv duckdb.csv
}

# What takes minutes is not asked for five times.
rounds=5
[ "$rows" -le 200000 ] || rounds=1
for n in $(seq "$rounds"); do
	round
done

# --- the same work ---

# What two lists of failures differ in, by check; nothing of any answer stands in them.
compare() { # PEER LIST
	sort "$2" >peer
	cmp -s validate peer && return
	echo "$1 and validate do not find the same. Failures of each check that they do not agree on:"
	cut -d, -f1 validate | uniq -c >ours
	cut -d, -f1 peer | uniq -c >theirs
	diff ours theirs || comm -3 validate peer | head
	exit 1
}

sqlite3 validate.db <"$bench/failures.sql" | sort >validate
[ "$data_table" = no ] || compare 'R data.table' data_table.csv
[ "$duckdb" = no ] || compare DuckDB duckdb.csv

# --- the table ---

echo "$rows rows of $columns columns, $bytes bytes ($(wc -c <packed/export.csv) packed); the least of rounds: $rounds"
awk -F, 'FNR == 1 { next }
	FILENAME ~ /variables/ {
		n += ($3 ~ /integer|date/) + ($6 != "") + ($5 != "") + ($8 != "") + ($9 == "yes") + ($10 == "key")
	}
	FILENAME ~ /rules/ { n++ }
	END { printf "%d checks, ", n }' dictionary/variables.csv dictionary/rules.csv
echo "of which $(cut -d, -f1 validate | uniq | wc -l) fail somewhere: $(wc -l <validate) failures in all"
awk -F, -v bytes="$bytes" '
	function row(name, seconds, worked, bare, mib) {
		printf "%-18s %8.2f %8.2f %8.1f %9s %10.2f", name, seconds, worked, bytes / 1e6 / worked, mib, worked / bare
		printf cpu["R data.table"] ? sprintf(" %13.2f", worked / cpu["R data.table"]) : ""
		printf cpu["DuckDB"] ? sprintf(" %10.2f", worked / cpu["DuckDB"]) : ""
		print ""
	}
	!($1 in least) { order[++n] = $1; least[$1] = $2; cpu[$1] = $4 }
	{
		if ($2 < least[$1]) least[$1] = $2
		if ($3 > most[$1]) most[$1] = $3
		if ($4 < cpu[$1]) cpu[$1] = $4
	}
	END {
		printf "%-18s %8s %8s %8s %9s %10s", "program", "clock s", "CPU s", "MB/CPU s", "peak MiB", "to libcsv"
		printf cpu["R data.table"] ? sprintf(" %13s", "to data.table") : ""
		printf cpu["DuckDB"] ? sprintf(" %10s", "to DuckDB") : ""
		print ""
		for (i = 1; i <= n; i++) {
			name = order[i]
			bare = cpu[name ~ /gzip/ ? "libcsv (gzip)" : "libcsv"]
			row(name, least[name], cpu[name], bare, sprintf("%.1f", most[name] / 1024))
			if (name == "validate")
				row("ingest + validate", least["ingest"] + least[name], cpu["ingest"] + cpu[name], bare, "")
		}
	}' times
