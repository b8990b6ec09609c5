#!/bin/sh
# The reference pages name, in backticks, every key of a config and every column and word of a dictionary that the code knows; and
# the complete config that docs/config.md shows runs.
. tests/studies/place.sh

# Each quoted name that stands in the file where AWK's rules say, one a line.
in_calls() {
	grep -oE '(TEXTS?|LIST|CYAML_FIELD_[A-Z_]+)\("[a-z_]+"' "$root/$1" | sed 's/.*"\(.*\)"/\1/'
}

in_arrays() {
	awk '/^(\t?(static )?const .*(columns|words|functions|dates)|} kinds)\[.*= *\{/ { inside = 1 }
		inside { rest = $0; while (match(rest, /"[a-z_]+"/)) { print substr(rest, RSTART + 1, RLENGTH - 2); rest = substr(rest, RSTART + RLENGTH) } }
		/};/ { inside = 0 }' "$root/$1"
}

# PAGE, LEAST, then names on standard input: at least so many, and each in backticks on the page, alone or before a colon or bracket.
named_on() {
	page=$root/docs/$1 least=$2 count=0 absent=
	for name in $(cat); do
		count=$((count + 1))
		grep -qE "\`$name([:(][^\`]*)?\`" "$page" || absent="$absent $name"
	done
	[ -z "$absent" ] || fail "docs/$1 does not name:$absent"
	[ "$count" -ge "$least" ] || fail "only $count names were looked up in docs/$1: are they written another way now?"
}

in_calls pipeline/study_schema.c | named_on config.md 50
in_arrays pipeline/study_schema.c | named_on config.md 8
in_calls pipeline/instrument.c | named_on instruments.md 45
in_arrays pipeline/instrument.c | named_on instruments.md 10
for room in dictionary variables code_lists headers; do in_arrays pipeline/$room.c; done | named_on dictionary.md 90
in_arrays pipeline/decision.c | named_on dictionary.md 13
in_arrays pipeline/places.c | named_on dictionary.md 8
in_arrays pipeline/expression.c | named_on dictionary.md 23

# The config is the block behind ```yaml. Its exports are the demo's, as a study of one's own would have them.
begin "$1"
home=$(mktemp -d)
trap 'rm -rf "$work" "$home"' EXIT
export HOME="$home"
chain
mkdir -p exports/leavers data-dictionary/leavers steward/leavers
cp out/demo/restricted/survey/exports/*.csv* exports/leavers/
cp -R data-dictionary/demo/survey data-dictionary/leavers/
cp configs/demo/decisions.csv steward/leavers/
awk '/^```yaml/ { inside = 1; next } /^```/ { inside = 0 } inside' "$root/docs/config.md" >configs/leavers.yaml
"$bin/key" --study configs/leavers.yaml >said
chain STUDY=leavers
grep -q 'decisions: steward/leavers/decisions.csv' out/leavers/restricted/plan/survey/validate.yaml || fail "the steward's decisions are not used"
for table in wellbeing support; do
	[ -s "out/leavers/release/tables/$table.csv" ] || fail "the config of docs/config.md published no $table"
done
