#!/bin/sh
# A change rebuilds what depends on it and no more.
. tests/studies/place.sh
begin "$1"

expect() { # WHAT STEP...
	what=$1
	shift
	want=$(printf '%s\n' "$@" | sed '/^$/d' | sort)
	got=$(ran)
	[ "$want" = "$got" ] || fail "$what: wanted [$(echo $want)], ran [$(echo $got)]"
}

after_ingest="codebook validate scan text report gate derive deidentify risk anonymise deposit compare protect withhold audit disclosure publish"

# A study with a real export: the demo's made-up ones, taken as they are.
chain STUDY=demo
mkdir exports
cp -R out/demo/restricted/survey/exports exports/copy
sed -e 's/^  name: demo$/  name: copy/' -e '/^    synthesis:/,/^      faults/d' configs/demo.yaml >configs/copy.yaml
chain STUDY=copy
expect "from nothing" ingest $after_ingest
chain STUDY=copy
expect "again" ""
make -q -f pipeline/chain.mk bin="$bin" STUDY=copy || fail "make -q says there is something to do"

# The pages that are to be read are there, those of the file of records as long as the config has one.
listed() { cut -d: -f1 out/copy/restricted/pages.txt; }
listed | while read -r page; do [ -s "$page" ] || fail "to be read, but not there: $page"; done
[ "$(listed | wc -l)" = 6 ] || fail "not all pages are listed"
cp configs/copy.yaml with.yaml
sed -i '/^microdata:/,/^$/d' configs/copy.yaml
chain STUDY=copy
[ "$(listed | tr '\n' ' ')" = "out/copy/restricted/survey/report/index.html out/copy/restricted/survey/text/index.html \
out/copy/restricted/disclosure/index.html out/copy/release/index.html " ] || fail "without a file of records, listed are: $(listed)"
cp with.yaml configs/copy.yaml
chain STUDY=copy
[ "$(listed | wc -l)" = 6 ] || fail "a file of records that is back is not listed"

touch exports/copy/* configs/copy.yaml data-dictionary/demo/survey/* "$work"/data-dictionary/places.csv
chain STUDY=copy
expect "a touch" ""

echo '# a comment' >>configs/copy.yaml
chain STUDY=copy
expect "a comment in the config" ""

sed -i 's/^moves,Moves/moves,Home moves/; 2s/,\([A-Z]\)/,The \1/' data-dictionary/demo/survey/variables.csv
chain STUDY=copy
expect "a label in variables.csv" $after_ingest

sed -i '/^consent,/s/,yes,/,,/' data-dictionary/demo/survey/variables.csv
chain STUDY=copy
expect "a variable that is no longer required" $after_ingest

sed -i '2s/$/ again/' data-dictionary/demo/survey/headers.csv
chain STUDY=copy
expect "a row in headers.csv" ingest $after_ingest

sed -i '/^placement,/s/$/ and another look/' configs/demo/roster.csv
chain STUDY=copy
expect "a row of the roster" scan text

sed -i '/^text-phone/s/Looked/Looked again/' configs/demo/decisions.csv
chain STUDY=copy
expect "a decision about texts" validate scan text report gate derive deidentify risk anonymise deposit compare protect withhold audit disclosure publish

sed -i 's/^    decimals: 1/    decimals: 2/' configs/copy.yaml
chain STUDY=copy
expect "an analysis" report compare protect withhold audit disclosure publish

printf 'margin,code,population\narea,E06000055,1000\narea,E06000056,1000\narea,E06000032,1000\narea,E06000042,1000\n' \
	>data-dictionary/demo/survey/margins.csv
chain STUDY=copy
expect "a margins.csv without a design" ""

sed -i 's/^    dictionary: .*/&\n    design: {adjust: poststratify, margins: [area]}/' configs/copy.yaml
chain STUDY=copy
expect "a design" derive deidentify risk anonymise deposit compare protect withhold audit disclosure publish

sed -i '2s/1000/2000/' data-dictionary/demo/survey/margins.csv
chain STUDY=copy
expect "a population" derive deidentify risk anonymise deposit compare protect withhold audit disclosure publish

sed -i 's/^      - {finding: reject, per_cent: .*/      - {finding: reject, per_cent: 20}/' configs/copy.yaml
chain STUDY=copy
expect "a limit" report gate derive deidentify risk anonymise deposit compare protect withhold audit disclosure publish

touch -r exports/copy/survey-online.csv reference
sed -i '$d' exports/copy/survey-online.csv
touch -r reference exports/copy/survey-online.csv
chain STUDY=copy
ran | grep -qx ingest || fail "an export restored with an old date went unnoticed"
