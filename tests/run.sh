#!/bin/sh
# Run the tests and say how many passed: run.sh BUILD_FOLDER [unit]. Each test program, case folder and study test counts once.
set -u
build=$1
only=${2:-all}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0

try() { # NAME COMMAND...
	name=$1
	shift
	if "$@" >"$log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $name"
		sed 's/^/    /' "$log"
	fi
}

for source in tests/unit/test_*.c; do
	program=$(basename "$source" .c)
	try "unit $program" "$build/test/$program"
done
if [ "$only" = all ]; then
	try "made-up studies" "$build/test/check_disclosure" --studies 200
	for case in tests/stages/*/command; do
		try "stage $(basename "$(dirname "$case")")" sh tests/stages/run.sh "$build/bin" "$(dirname "$case")"
	done
	for study in tests/studies/test_*.sh; do
		try "study $(basename "$study" .sh)" sh "$study" "$build/bin"
	done
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
