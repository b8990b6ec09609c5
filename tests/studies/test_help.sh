#!/bin/sh
# Every program says what it does and takes, in 80 columns.
. tests/studies/place.sh
begin "$1"
for program in "$bin"/*; do
	name=${program##*/}
	"$program" --help >help || fail "$name --help ends with $?"
	grep -q "^Usage: $name" help || fail "$name --help does not say how it is used"
	! awk 'length($0) > 80' help | grep . || fail "$name --help has lines of more than 80 columns"
	programs=$((${programs:-0} + 1))
done
[ "${programs:-0}" -ge 15 ] || fail "only ${programs:-0} programs were asked"
