#!/bin/sh
# Analyses that would tell of each other what no audit sees are refused before anything is computed. Each of these was a release
# from which counts below the threshold could be worked out.
. tests/studies/place.sh
begin "$1"

refused() { # WORDS ANALYSES
	cp "$root/configs/demo.yaml" configs/demo.yaml
	printf '%s\n' "$2" >more
	sed -i '/^analyses:/r more' configs/demo.yaml
	if chain STUDY=demo >said; then fail "went on, where it should say: $1"; fi
	grep -q "$1" log || { cat log; fail "says something else than: $1"; }
	[ ! -e out/demo/restricted/compared.db ] || fail "something was computed"
}

refused 'reads `accommodation`, which `accommodation` is about' \
	"  - {name: housed, title: H, dataset: survey, kind: table, outcome: loneliness, filter: \"accommodation <> 'no_fixed_home' AND gender = 'woman'\"}"
refused 'reads `swemwbs_raw`, which' \
	"  - {name: low-raw, title: L, dataset: survey, kind: table, outcome: accommodation, filter: \"swemwbs_raw <= 18\"}"
refused 'is the mean of the codes that' \
	"  - {name: helpful-mean, title: H, dataset: survey, kind: mean, outcome: support_helpful}"

# All clashes at once, each with the place in the config of the analysis that is refused.
refused 'configs/demo.yaml:[0-9]*:[0-9]*' "  - {name: helpful-mean, title: H, dataset: survey, kind: mean, outcome: support_helpful}
  - {name: low-raw, title: L, dataset: survey, kind: table, outcome: accommodation, filter: \"swemwbs_raw <= 18\"}"
grep -q '`low-raw` reads `swemwbs_raw`' log || fail "the first of two clashes is not told"
grep -q '`helpful-mean` is the mean' log || fail "nor the second"
for name in helpful-mean low-raw; do
	line=$(grep -n "name: $name" configs/demo.yaml | cut -d: -f1)
	grep -q "demo.yaml:$line:" log || { cat log; fail "it does not say that $name stands in line $line"; }
done
