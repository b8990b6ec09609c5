#!/bin/sh
# The areas of the demo, a group of them and their region, with a second filter, under a policy that asks for much at once:
# sensitive answers, sums, areas that stay, words for hidden shares. It is met, and the same bytes come out after kills at any
# moment.
. tests/studies/place.sh
begin "$1"
sed -i -e 's/^  zeros: shown/  zeros: shown\
  sensitive: [loneliness]\
  never_hide: [areas]\
  magnitude: {p_percent: 10, dominance_n: 2, dominance_k: 90}\
  bands: [{name: few, most: 30}, {name: some, most: 60}, {name: most}]/
	s/^  areas: .*/&\
  levels: [region]\
  groups:\
    - {code: pilot, name: Pilot, areas: [E06000055, E06000032]}/
	s/^  - name: accounts/  - name: young\
    title: Mean life satisfaction of those under 21, synthetic data\
    dataset: survey\
    kind: mean\
    outcome: life_satisfaction\
    decimals: 1\
    filter: '"age in ('16-17', '18-20')"'\
    population: under 21\
&/' configs/demo.yaml
chain STUDY=demo
restricted=out/demo/restricted
for rule in threshold zero secondary; do
	[ "$(sqlite3 $restricted/protected.db "SELECT count(*) FROM decision WHERE rule = '$rule' AND status = 'hidden'")" -gt 0 ] ||
		fail "nothing is hidden by the rule $rule"
done
[ "$(sqlite3 $restricted/audited.db "SELECT value FROM verdict WHERE item = 'passed'")" = 1 ] || fail "the audit did not pass"
[ "$(sqlite3 $restricted/compared.db "SELECT count(DISTINCT area) FROM result WHERE area IN ('pilot', 'E12000006')")" = 2 ] ||
	fail "the group and the region have no lines"
[ "$(sqlite3 $restricted/compared.db "SELECT count(*) FROM cell WHERE condition LIKE '%filter:(age%!filter:(activity%'
	OR condition LIKE '%!filter:(activity%filter:(age%'")" -gt 0 ] || fail "nobody is counted whom one filter has and the other has not"
mv out whole
for try in 1 2 3 4; do
	rm -rf out
	cp -Rp whole out
	rm -rf $restricted/protected.db $restricted/withheld.db $restricted/audited.db $restricted/disclosure out/demo/release
	setsid make -f pipeline/chain.mk bin="$bin" STUDY=demo >log 2>&1 &
	group=$!
	sleep "0.$((try * 2))"
	kill -s KILL -- "-$group" 2>/dev/null && killed=$((${killed:-0} + 1))
	wait "$group" 2>/dev/null || :
done
[ "${killed:-0}" -gt 0 ] || fail "every run ended before it was killed"
chain STUDY=demo
same_tree whole out
[ -z "$(find out -name '*.aside-*')" ] || fail "something was left aside"
