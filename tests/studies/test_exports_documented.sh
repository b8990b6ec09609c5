#!/bin/sh
# docs/exports.md has a section for every platform's profile, and names every key that a profile takes.
. tests/studies/place.sh

page=$root/docs/exports.md
count=0
for profile in "$root"/data-dictionary/platforms/*.yaml; do
	name=$(basename "$profile" .yaml)
	anchor=$(sed -n "s/^|.*(#\([a-z-]*\)) | \`$name\` |\$/\1/p" "$page")
	[ -n "$anchor" ] || fail "the table of docs/exports.md has no line for the platform $name"
	grep '^## ' "$page" | sed 's/^## //; s/ /-/g' | tr 'A-Z' 'a-z' | grep -qx "$anchor" || fail "docs/exports.md has no section #$anchor"
	count=$((count + 1))
done
[ "$count" -ge 14 ] || fail "only $count profiles were looked up"

keys=$(grep -oE '(TEXT|LIST|CYAML_FIELD_[A-Z_]+)\("[a-z_]+"' "$root/pipeline/platform.c" | sed 's/.*"\(.*\)"/\1/' | sort -u)
[ "$(echo "$keys" | wc -l)" -ge 25 ] || fail "too few keys were found in pipeline/platform.c: are they written another way now?"
for key in $keys; do
	sed -n '/^## A platform that is not listed/,$p' "$page" | grep -q "^|.*\`$key\`.*|.*|" || fail "docs/exports.md does not name the key $key"
done
