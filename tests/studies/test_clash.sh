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
	"  - {name: housed, title: H, dataset: survey, kind: table, outcome: loneliness, filter: \"accommodation <> 'no_fixed_home'\"}"
refused 'reads `swemwbs_raw`, which' \
	"  - {name: low-raw, title: L, dataset: survey, kind: table, outcome: accommodation, filter: \"swemwbs_raw <= 18\"}"
refused 'have different filters' \
	"  - {name: younger, title: Y, dataset: survey, kind: mean, outcome: life_satisfaction, filter: \"gender = 'woman'\"}"
refused 'is the mean of the codes that' \
	"  - {name: helpful-mean, title: H, dataset: survey, kind: mean, outcome: support_helpful}"
