#!/bin/sh
# One case: run.sh BIN CASE. The case's `command` is run by sh in a copy of the folder, with BIN on the path; its standard output,
# standard error and exit status, and every file that expected/ names, are compared with expected/. With BLESS=1 the
# expected files are written anew: read the difference before you commit it.
set -eu
bin=$(cd "$1" && pwd)
case=$(cd "$2" && pwd)
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$case/." "$work/"
cd "$work"
rm -rf expected
export PATH="$bin:$PATH" ROOT="$root" NO_COLOR=1 LC_ALL=C TZ=UTC
status=0
sh ./command >stdout 2>stderr || status=$?
echo "$status" >status
sh "$root/tests/studies/equation.sh" .
if [ "${BLESS:-}" = 1 ]; then
	mkdir -p "$case/expected"
	for name in stdout stderr status $(cd "$case/expected" && find . -type f | sed 's|^\./||'); do
		mkdir -p "$case/expected/$(dirname "$name")"
		cp "$name" "$case/expected/$name"
	done
	exit 0
fi
cd "$case/expected"
find . -type f | while read -r name; do
	diff -u "$name" "$work/$name" || exit 1
done
