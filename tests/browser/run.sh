#!/bin/sh
# Look at every HTML page of a study as its readers will: run.sh BUILD_FOLDER STUDY [PAGE...]; and at the reports of the
# studies that studies.sh makes, with the real ones where DATA names their folder. Nothing is skipped: what is missing is
# an error. Pictures of the pages go to BUILD_FOLDER/browser/.
set -eu
shots=$1/browser
bin=$1/bin
others=$1/looked-at
study=$2
shift 2

missing=
need() { # COMMAND PACKAGE
	command -v "$1" >/dev/null || missing="$missing $2"
}
need node nodejs
need npm npm
need java openjdk-17-jre-headless
need "${CHROMIUM:=chromium}" chromium
if [ -n "$missing" ]; then
	echo "error[no-input]: the checks of the pages need more than is installed:$missing" >&2
	echo "help: run \`make deps-dev\`, or install them yourself: apt-get install$missing" >&2
	exit 66
fi
CHROMIUM=$(command -v "$CHROMIUM")
export CHROMIUM

for page in out/"$study"/restricted/*/report/index.html out/"$study"/restricted/disclosure/index.html out/"$study"/safeguarded/*/index.html \
	out/"$study"/release/index.html "$@"; do
	[ -f "$page" ] && continue
	[ "$page" != "out/$study/safeguarded/*/index.html" ] || continue # no records of this study leave that way
	echo "error[no-input]: there is no page $page" >&2
	echo "help: run \`make STUDY=$study\` first" >&2
	exit 66
done

# The packages are pinned with their hashes in package-lock.json; none may run a program of its own when installed.
(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null) || {
	echo "error[no-input]: npm cannot install what tests/browser/package-lock.json names" >&2
	echo "help: the npm registry must be within reach; npm says above why it is not" >&2
	exit 66
}
made=$(sh tests/browser/studies.sh "$bin" "$others" "${DATA:-}")
{
	find out/"$study" -name '*.html' | LC_ALL=C sort
	printf '%s\n' "$@" --brief "$made" | sed '/^$/d'
} | xargs -d '\n' node tests/browser/check.mjs "$shots"
