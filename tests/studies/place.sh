# Sourced by the study tests: a folder of their own with the studies in it, and what they ask of it.
#   begin BIN      makes the folder, enters it, sets $bin; removed at exit
#   chain ...      runs the chain there, and counts every row again: chain [make's arguments]
#   ran            the steps that the last chain ran, one a line
#   fail WORDS     says why and ends with 1
set -eu
root=$(pwd)

begin() {
	bin=$(cd "$1" && pwd)
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	cp -R "$root/configs" "$root/data-dictionary" "$work/"
	mkdir "$work/pipeline"
	cp "$root/pipeline/chain.mk" "$work/pipeline/"
	cd "$work"
	unset MAKEFLAGS MAKELEVEL MFLAGS STUDY EXPORTS BY WHY
	export NO_COLOR=1
}

chain() {
	went=0
	make -f pipeline/chain.mk bin="$bin" "$@" >log 2>&1 || went=1
	add_up
	[ "$went" -eq 0 ] || cat log
	return "$went"
}

# Whether the chain went on or not, what it made accounts for every row.
add_up() {
	for folder in out/*/restricted/*/; do
		[ ! -d "$folder" ] || sh "$root/tests/studies/equation.sh" "$folder" >wrong || fail "$(cat wrong)"
	done
}

ran() {
	sed -n 's/^  \([a-z]*\)\( .*\)*$/\1/p' log | sort -u
}

fail() {
	echo "$*"
	exit 1
}

# The tree of a study without what only remembers file times.
same_tree() {
	diff -r --exclude=hashes "$1" "$2" >difference || { head -20 difference; return 1; }
}
