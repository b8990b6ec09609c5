#!/bin/sh
# docs/findings.md is what the table of pipeline/finding.c says; and each code is made by an export and not by its neighbour.
tool=$(dirname "$1")/test/findings
"$tool" page docs/findings.md | diff docs/findings.md - || {
	echo 'docs/findings.md is not what pipeline/finding.c says: run `make docs` and commit the page with it'
	exit 1
}
exec sh tests/findings/run.sh "$1"
