#!/bin/sh
# Every example of the documents that says how it was run prints what the document shows: <!-- run: COMMAND --> and the fenced
# block after it; a line that begins with $ shows the command to the reader..
. tests/studies/place.sh
begin "$1"
cp -R "$root/README.md" "$root/docs" .
for document in README.md docs/*.md; do
	awk -v stem="example" '
		/^<!-- run: .* -->$/ { n++; sub(/^<!-- run: /, ""); sub(/ -->$/, ""); print > (stem n ".sh"); close(stem n ".sh"); wait = 1; next }
		wait && /^```/ { wait = 0; inside = 1; printf "" > (stem n ".txt"); next }
		inside && /^```/ { inside = 0; close(stem n ".txt"); next }
		inside && /^\$ / { next }
		inside { print > (stem n ".txt") }' "$document"
	for example in example*.sh; do
		[ -f "$example" ] || continue
		command=$(cat "$example")
		case $command in
		make) make -f pipeline/chain.mk bin="$bin" >got 2>&1 || : ;;
		*) sh -c "PATH=$bin:\$PATH; $command" >got 2>&1 || : ;;
		esac
		diff -u "${example%.sh}.txt" got || fail "$document: \`$command\` prints something else"
		examples=$((${examples:-0} + 1))
	done
	rm -f example*
done
[ "${examples:-0}" -ge 3 ] || fail "only ${examples:-0} examples were run"
