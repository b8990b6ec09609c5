#!/bin/sh
# Ingest streams: with ten times the rows its peak memory is the same, packed or not.
. tests/studies/place.sh
peak=$(dirname "$1")/test/peak
[ -x "$peak" ] || fail "$peak is not built"
peak=$(cd "$(dirname "$peak")" && pwd)/peak
begin "$1"
. "$root/tests/bench/study.sh"
columns=20
few=2500

# AddressSanitizer keeps what was freed, and so grows with what was read.
export ASAN_OPTIONS="quarantine_size_mb=0:thread_local_quarantine_size_kb=0"

ingest() { # ROWS [gz]: sets kib
	mkdir -p exports
	if [ "${2:-}" = gz ]; then
		make_export "$1" "$columns" | gzip -1n >exports/export.csv
	else
		make_export "$1" "$columns" >exports/export.csv
	fi
	rm -f ingested.db
	"$peak" used "$bin/ingest" --study study.yaml --dataset survey --places data-dictionary/places.csv \
		--platforms data-dictionary/platforms --exports exports --output ingested.db || fail "ingest ended with $?"
	got=$(sqlite3 ingested.db 'SELECT count(*) FROM answers')
	[ "$got" = "$1" ] || fail "$got rows of $1 were read"
	kib=$(cut -d' ' -f2 used)
	echo "$1 rows, $(wc -c <exports/export.csv) bytes${2:+ packed}: $kib KiB"
}

flat() { # KIB_OF_FEWER KIB_OF_MORE: at most a tenth and 1 MiB more
	[ "$2" -le $(($1 + $1 / 10 + 1024)) ] || fail "the peak grows with the rows: $1 KiB, then $2 KiB"
}

make_study "$columns"
ingest "$few"
ingest $((few * 10))
ten=$kib
ingest $((few * 100))
flat "$ten" "$kib"
ingest $((few * 100)) gz
flat "$ten" "$kib"
