#!/bin/sh
# Insiders, and a share of each small count to both of its sides, can be demanded of the demo: protect finds a pattern, and the audit passes.
. tests/studies/place.sh
begin "$1"
chain STUDY=demo
compared=out/demo/restricted/compared.db

for demand in 'insiders: 1' 'insiders: 2' 'min_percent: 10'; do
	sed "s/^  min_width: 3/&\n  $demand/" configs/demo.yaml >configs/demand.yaml
	rm -rf made && mkdir made
	"$bin/protect" --study configs/demand.yaml --output made/protected.db $compared || fail "$demand: no pattern"
	"$bin/withhold" --study configs/demand.yaml --output made/withheld.db $compared made/protected.db
	"$bin/audit" --study configs/demand.yaml --output made/audited.db made/withheld.db made/protected.db || fail "$demand: the audit says no"
done
[ "$(sqlite3 made/protected.db "SELECT count(*) FROM decision WHERE unsafe AND n > 0 AND above = 0")" = 0 ] || fail "an upper protection level is gone"
[ "$(sqlite3 made/protected.db "SELECT sum(below > 0) > sum(below = 0) FROM decision WHERE unsafe AND n > 1 AND published")" = 1 ] || fail "most lower protection levels are gone"
