#!/bin/sh
# Run the tests and say how many passed: run.sh BUILD_FOLDER [unit]. Each test program, case folder and study test counts once.
# As many run side by side as there are processors, the longest first; each works in a folder of its own.
set -u
build=$1
only=${2:-all}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

add() { # NAME COMMAND...: no word of the command has a blank
	name=$1
	shift
	count=$((count + 1))
	echo "$name" >"$work/$count.name"
	echo "$*" >"$work/$count.command"
}

if [ "$only" = all ]; then
	for study in tests/studies/test_*.sh; do
		add "study $(basename "$study" .sh)" sh "$study" "$build/bin"
	done
	for case in tests/stages/*/command; do
		add "stage $(basename "$(dirname "$case")")" sh tests/stages/run.sh "$build/bin" "$(dirname "$case")"
	done
	add "made-up studies" "$build/test/check_disclosure" --studies 200
fi
for source in tests/unit/test_*.c; do
	program=$(basename "$source" .c)
	add "unit $program" "$build/test/$program"
done

seq "$count" | xargs -P "$(nproc)" -I N sh -c "sh '$work/N.command' >'$work/N.log' 2>&1 && : >'$work/N.passed'; :"

passed=0
for number in $(seq "$count"); do
	if [ -e "$work/$number.passed" ]; then
		passed=$((passed + 1))
	else
		echo "FAILED $(cat "$work/$number.name")"
		sed 's/^/    /' "$work/$number.log"
	fi
done
echo "$passed passed, $((count - passed)) failed"
[ "$passed" -eq "$count" ] && [ "$count" -gt 0 ]
