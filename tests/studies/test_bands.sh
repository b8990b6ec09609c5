#!/bin/sh
# Words for hidden shares through the whole chain, with a unit's own threshold; a ledger that must be there; insiders by hand.
. tests/studies/place.sh
begin "$1"
sed -i 's/^  min_width: 3/&\n  bands: [{name: none, most: 0}, {name: some, most: 50}, {name: most}]\n  releases: yes/
	s/unit: {name: respondent, plural: respondents}/unit: {name: respondent, plural: respondents, threshold: 5}/' configs/demo.yaml
sed -i '/^  - name: accounts/,/^$/d' configs/demo.yaml
protected=out/demo/restricted/protected.db

# No ledger: nothing is begun. plan says so, and how one is begun.
if chain STUDY=demo >said; then fail "a study with releases and no ledger was planned"; fi
grep -q 'error\[ledger-missing\]' log && grep -q 'make ledger STUDY=demo' log || { cat log; fail "it is not said that the ledger is missing"; }
[ ! -e out/demo/restricted/compared.db ] || fail "the chain ran without its ledger"
"$bin/release" --begin --study configs/demo.yaml --ledger steward/demo/ledger.sqlite --by 'A. Steward' --why 'no release so far' >/dev/null
chain STUDY=demo

words=$(sqlite3 $protected 'SELECT count(*) FROM decision WHERE band IS NOT NULL')
[ "$words" -gt 5 ] || fail "only $words words"
[ "$(sqlite3 $protected "SELECT count(*) FROM decision WHERE band IS NOT NULL AND (status <> 'hidden' OR n NOT BETWEEN least AND most)")" = 0 ] ||
	fail "a word that is not true, or not of a hidden count"
[ "$(sqlite3 $protected "SELECT count(*) FROM decision WHERE band IS NULL AND least IS NOT NULL")" = 0 ] || fail "something is told without a word"
# the unit's threshold is 5: words of counts from 1 to 4, none of 5 to 9 for their own sake
[ "$(sqlite3 $protected "SELECT max(n) < 5 AND max(reach) = 5 FROM decision WHERE unsafe")" = 1 ] || fail "the unit's threshold does not count"
[ "$(sqlite3 out/demo/restricted/withheld.db "SELECT count(*) FROM cell WHERE n IS NOT NULL AND least IS NOT NULL")" = 0 ] || fail "a count stands beside its ends"
[ "$(sqlite3 out/demo/restricted/audited.db "SELECT value FROM verdict WHERE item = 'passed'")" = 1 ] || fail "the audit did not pass"

# In results.csv: no number, status c, the word beside it. In every table the word, and what it means.
sqlite3 :memory: '.import --csv out/demo/release/results.csv results' "SELECT count(*) FROM results WHERE band <> '' AND (status <> 'c' OR n <> '' OR estimate <> '' OR low <> '' OR high <> '')" >wrong
[ "$(cat wrong)" = 0 ] || fail "a word stands beside a number"
[ "$(sqlite3 :memory: '.import --csv out/demo/release/results.csv results' "SELECT count(*) FROM results WHERE band <> ''")" = "$words" ] ||
	fail "another number of words in results.csv than protect decided"
for format in csv md html tex; do
	file=out/demo/release/tables/loneliness.$format
	grep -q 'some' "$file" && grep -q 'some, up to 50 per cent; most, more than 50 per cent' "$file" || fail "no words, or not what they mean, in $file"
done

# The audit by hand, with insiders whom protect did not reckon with, says no and names them.
sed 's/^  min_width: 3/&\n  insiders: 3/' configs/demo.yaml >insiders.yaml
if "$bin/audit" --study insiders.yaml --ledger steward/demo/ledger.sqlite --output by-hand.db out/demo/restricted/withheld.db $protected 2>said; then
	fail "insiders learn nothing, though nothing was done against them"
fi
grep -q 'error\[audit' said || { cat said; fail "stopped by something else than the audit"; }
[ "$(sqlite3 audit-failed.db "SELECT count(*) > 0 AND count(*) = sum(kind = 'insider' AND insider <> '') FROM interval WHERE verdict <> 'safe'")" = 1 ] ||
	fail "it is not told who the insiders are"

# Lost: restored or nothing.
mv steward/demo/ledger.sqlite backup.sqlite
if chain STUDY=demo >said; then fail "a lost ledger was not missed"; fi
mv backup.sqlite steward/demo/ledger.sqlite
chain STUDY=demo
