#!/bin/sh
# The hostile exports: run.sh BIN [NAME...]. Each case of cases.sh is written into an empty folder, ingested and
# validated with the dictionary beside this file; what became of it is one line, which must be the one in the table.
#
# Beside that, of every case: no program crashes or outlasts its limit; a refusal has its code, its exit status and a
# help, and leaves nothing behind; the account of every export adds up; no answer is on standard error (answers hold the
# word kanarie); and what must stand nowhere (the word geheim: in columns that are dropped or not named, and in rows of
# other datasets) stands in no file.
. tests/studies/place.sh
hostile=$root/tests/hostile
sav=$(dirname "$1")/test/write_sav
[ -x "$sav" ] || fail "$sav is not built"
sav=$(cd "$(dirname "$sav")" && pwd)/write_sav
begin "$1"
[ -x "$bin/ingest" ] && [ -x "$bin/validate" ] || fail "ingest and validate are not built"
shift
only=" $* "
ran=0 failed=0
LC_ALL=C
export LC_ALL

# --- what the cases are written with ---

header() {
	echo 'id,area,age,hobbies,comment'
}

row() { # NUMBER: odd ones live in the north
	case $1 in *[13579]) area=north ;; *) area=south ;; esac
	echo "kanarie$1,$area,$((40 + $1 % 60)),walk,kanarie in a cage"
}

rows() { # FIRST LAST
	n=$1
	while [ "$n" -le "$2" ]; do
		row "$n"
		n=$((n + 1))
	done
}

# COUNT CHARACTER
many() {
	head -c "$1" /dev/zero | tr '\0' "$2"
}

# --- one case ---

config() { # CONFIG: a line for each export
	cat <<-YAML
		study: {name: hostile, title: Hostile exports, synthetic: yes, date: 2026-03-31, key: a key that is no secret}
		datasets:
		  - name: survey
		    kind: responses
		    unit: {name: respondent}
		    dictionary: dictionary
		    exports:
	YAML
	printf '%s\n' "$1" | while IFS= read -r line; do
		case $line in
		*path:*) echo "      - {$line}" ;;
		'') echo '      - {path: export.csv}' ;;
		*) echo "      - {path: export.csv, $line}" ;;
		esac
	done
	echo 'disclosure: {policy: hostile-1, threshold: 3}'
	echo 'publish: {publisher: Nobody}'
}

run() { # PROGRAM ARGUMENTS...: sets status; its output is in stdout and stderr
	program=$1
	shift
	status=0
	timeout 60 "$bin/$program" --study study.yaml --dataset survey --places ../data-dictionary/places.csv "$@" \
		>stdout 2>stderr || status=$?
	if [ "$status" -ge 124 ] || grep -q 'Sanitizer\|runtime error:' stderr; then
		echo "$program crashed or did not end: status $status"
		return 1
	fi
	if grep -aiq 'kanarie\|geheim' stderr stdout; then
		echo "$program: an answer is on standard error"
		return 1
	fi
	[ ! -s stdout ] || { echo "$program: something is on standard output"; return 1; }
}

# A refusal in one line; or why it is none.
refusal() {
	code=$(sed -n 's/^error\[\([a-z-]*\)\]: .*/\1/p' stderr)
	[ -n "$code" ] || { echo "status $status without an error"; return; }
	[ "$status" -eq 78 ] || [ "$status" -eq 74 ] || grep -q '^help: ' stderr || { echo "error[$code] without a help"; return; }
	[ -z "$(ls -A out)" ] || { echo "something was left behind: $(ls -A out)"; return; }
	echo "refuse $status $code"
}

# What became of the rows, and what else was found: reasons and codes in their order, with a number where it is not 1.
outcome() {
	sqlite3 out/validated.db "
		WITH fate(reason, n) AS (
			SELECT reason, sum(rows) FROM account WHERE reason <> '' GROUP BY reason ORDER BY reason),
		other(code, n) AS (
			SELECT code, sum(occurrences) FROM finding WHERE severity <> 'reject' GROUP BY code ORDER BY code)
		SELECT 'accept ' || (SELECT count(*) FROM judgement WHERE status = 'accepted')
			|| coalesce((SELECT group_concat(', ' || n || ' ' || reason, '') FROM fate), '')
			|| coalesce((SELECT ' | ' || group_concat(code || iif(n > 1, '*' || n, ''), ' ') FROM other), '');" 2>&1
}

# Nothing is lost: of every export, records = header + rows + unreadable + elsewhere, and what stands in answers.
unbalanced() {
	sqlite3 out/ingested.db "
		SELECT 'the account of ' || name || ' does not add up' FROM source
			WHERE records <> header_records + rows + unreadable + elsewhere
			OR rows <> (SELECT count(*) FROM answers WHERE answers.source = source.source);
		SELECT 'rows that could not be read have no finding each' WHERE (SELECT sum(unreadable) FROM source)
			<> (SELECT coalesce(sum(occurrences), 0) FROM finding WHERE row IS NULL AND severity = 'reject');
		SELECT 'rows of other datasets are not told' WHERE (SELECT sum(elsewhere) FROM source)
			<> (SELECT coalesce(sum(occurrences), 0) FROM finding WHERE code = 'row-elsewhere');" 2>&1
}

become() { # CELLS: the case's outcome, in one line
	run ingest --platforms ../data-dictionary/platforms --exports exports --output out/ingested.db || return 0
	[ "$status" -eq 0 ] || { refusal; return 0; }
	[ ! -s stderr ] || { echo "ingest is not silent"; return 0; }
	wrong=$(unbalanced)
	[ -z "$wrong" ] || { echo "$wrong"; return 0; }
	run validate --instruments ../data-dictionary/instruments --output out/validated.db out/ingested.db || return 0
	[ "$status" -eq 0 ] || { echo "validate: status $status"; return 0; }
	wrong=$(sh "$root/tests/studies/equation.sh" out) || { echo "$wrong"; return 0; }
	if grep -aq geheim out/*; then
		echo "what must stand nowhere was written"
		return 0
	fi
	[ "$(ls -A out | tr '\n' ' ')" = "ingested.db validated.db " ] ||
		{ echo "something was left behind: $(ls -A out)"; return 0; }
	outcome
	[ -z "$1" ] || echo "$1: $(sqlite3 out/ingested.db \
		"SELECT group_concat(coalesce($1, 'NULL'), '/') FROM (SELECT * FROM answers ORDER BY row)")"
}

# NAME WHAT CONFIG OUTCOME [CELLS], and on standard input the commands that write the export: to standard output, or into
# the folder by themselves. CELLS is `variable: what its cells hold`, with / between, as ingest wrote them.
hostile() {
	make=$(cat)
	case "$only" in '  ' | *" $1 "*) ;; *) return 0 ;; esac
	ran=$((ran + 1))
	mkdir -p "$1/exports" "$1/out"
	cp -R "$hostile/dictionary" "$1/"
	config "$3" >"$1/study.yaml"
	set +e
	(set -e; cd "$1/exports"; eval "$make" >../made)
	made=$?
	set -e
	[ "$made" -eq 0 ] || fail "$1: the export cannot be written"
	[ -n "$(ls -A "$1/exports")" ] || mv "$1/made" "$1/exports/export.csv"
	cells=${5:-}
	got=$(cd "$1" && become "${cells%%:*}")
	wanted=$4${cells:+
$cells}
	if [ "$got" != "$wanted" ]; then
		failed=$((failed + 1))
		printf 'FAILED %s: %s\n    wanted  %s\n    got     %s\n' "$1" "$2" "$wanted" "$got"
		sed 's/^/    /;5q' "$1/stderr"
	fi
	rm -rf "$1"
}

. "$hostile/cases.sh"
echo "$ran hostile exports, $failed not as they should be"
[ "$failed" -eq 0 ] && [ "$ran" -gt 0 ]
