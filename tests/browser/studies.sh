#!/bin/sh
# Studies whose pages the checks of the browser look at beside the one that was asked for, each made by the chain from
# the demo: studies.sh BIN FOLDER [DATA]. Prints the pages' names, one a line. FOLDER is made anew. DATA is the folder of
# the real exports.
set -eu
bin=$(cd "$1" && pwd)
folder=$2
root=$(pwd)
data=
[ -z "${3:-}" ] || data=$(cd "$3" && pwd)
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"

# A place with the demo in it, under another name of the folder; make's arguments follow.
place() { # NAME
	mkdir -p "$1/pipeline"
	cp -R "$root/configs" "$root/data-dictionary" "$1/"
	cp "$root/pipeline/chain.mk" "$1/pipeline/"
}

chain() { # NAME MAKE_ARGUMENT...
	name=$1
	shift
	(cd "$name" && unset MAKEFLAGS MAKELEVEL MFLAGS STUDY EXPORTS BY WHY && make -f pipeline/chain.mk bin="$bin" "$@") \
		>"$name.log" 2>&1 || { cat "$name.log" >&2; exit 1; }
}

page() { # NAME [STUDY]
	found=$folder/$1/out/${2:-demo}/restricted/survey/report/index.html
	[ -s "$root/$found" ] || { echo "error[checks]: there is no page $found" >&2; exit 1; }
	echo "$found"
}

# A gate that says no: to too many rows set aside, to a rule, and to codes.
place stops
sed -i -e 's/^      - {finding: reject, .*/      - {finding: reject, at_most: 1}/' \
	-e 's/^      - {finding: blank, .*/      - {finding: blank, at_most: 3}/' stops/configs/demo.yaml
chain stops STUDY=demo validate
page stops

# A second run: what the steward had looked at was one thing more, and another less.
place again
chain again STUDY=demo validate
chain again STUDY=demo seen
sed -i '/,cell-space$/d; $s/^............/000000000000/' again/steward/demo/survey-seen.csv
chain again STUDY=demo validate
page again

# As many areas as England has authorities, and nearly as many respondents as there were in a real wave.
place many-areas
areas=$(sqlite3 :memory: ".import --csv many-areas/data-dictionary/places.csv place" \
	"SELECT group_concat(code, ', ') FROM (SELECT code FROM place WHERE kind = 'la' AND closed = '' ORDER BY code LIMIT 150)")
sed -i -e "s/^  areas: .*/  areas: [$areas]/" -e 's/respondents: 400/respondents: 6000/' many-areas/configs/demo.yaml
chain many-areas STUDY=demo validate
page many-areas

# What was found in texts waits for decisions.
place open-texts
sed -i '/^text-/d' open-texts/configs/demo/decisions.csv
chain open-texts STUDY=demo texts
open=$folder/open-texts/out/demo/restricted/survey/text/index.html
grep -q 'id="open"' "$root/$open" || { echo "error[checks]: nothing is open on $open" >&2; exit 1; }
echo "$open"

# Nothing is found, and nothing is accepted.
place quiet
sed -i 's/faults: yes.*/faults: no/; /headers: paper/,/dates: dmy/d; /survey-paper/d; /^decisions:/d' quiet/configs/demo.yaml
chain quiet STUDY=demo validate
page quiet
place nobody
mkdir -p nobody/exports
cp -R stops/out/demo/restricted/survey/exports nobody/exports/demo
sed -i '/^    synthesis:/,/^      faults:/d' nobody/configs/demo.yaml
echo 'nobody,reject,,area IS NULL,Nobody may pass,,,' >>nobody/data-dictionary/demo/survey/rules.csv
chain nobody STUDY=demo validate
page nobody

if [ -n "$data" ]; then
	place real
	chain real STUDY=osmi-2014 EXPORTS="$data/osmi-mental-health-in-tech-2014" validate
	page real osmi-2014
fi
