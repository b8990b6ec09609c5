#!/bin/sh
# The analyses of the demo from the last to the first: the same cells at the same cost, and each is shown or hidden as before. The
# cheapest pattern is proven there; of two that cost the same the order of the cells might decide.
. tests/studies/place.sh
begin "$1"
cp configs/demo.yaml first.yaml
decided() {
	chain STUDY=demo out/demo/restricted/protected.db
	sqlite3 out/demo/restricted/protected.db "SELECT value FROM policy WHERE item = 'pattern'" \
		'SELECT condition, n, published, status, rule, unsafe, reach, width, round(cost, 9) FROM decision ORDER BY condition' \
		'SELECT condition, variable, published, status, rule, unsafe FROM measure_decision ORDER BY condition, variable'
}
decided >forth
grep -q '^the cheapest that protects$' forth || fail "the demo's pattern is not proven to be the cheapest"
[ "$(wc -l <forth)" -gt 1000 ] || fail "only a few cells"
awk '/^analyses:/ { print; inside = 1; next }
	/^disclosure:/ { while (n) printf "%s", item[n--]; inside = 0 }
	inside && /^  - / { n++ }
	inside { if (n) item[n] = item[n] $0 "\n"; next }
	{ print }' first.yaml >configs/demo.yaml
[ "$(grep -c '^  - name:' configs/demo.yaml)" = "$(grep -c '^  - name:' first.yaml)" ] || fail "an analysis is lost"
! cmp -s first.yaml configs/demo.yaml || fail "the analyses stand as they did"
decided >back
cmp -s forth back || { diff forth back | head -20; fail "another order, another decision"; }
