#!/bin/sh
# No id, e-mail or comment of a respondent goes past deidentify, into release/, the codebook or the plan, into a file's name, or into
# what the programs print, whether the chain goes on or stops.
. tests/studies/place.sh
begin "$1"
chain STUDY=demo
online=out/demo/restricted/survey/exports/survey-online.csv
# Ids, addresses and comments as they stand in the export.
sqlite3 out/demo/restricted/survey/ingested.db "SELECT respondent_id FROM answers WHERE length(respondent_id) > 4
	UNION SELECT email FROM answers WHERE length(email) > 6 UNION SELECT comment FROM answers WHERE length(comment) > 6" |
	sed '/^$/d' | sort -u >canaries
[ "$(wc -l <canaries)" -gt 300 ] || fail "too few canaries to speak of"
grep -qF -f canaries "$online" || fail "the canaries are not those of the export"
for later in out/demo/restricted/survey/deidentified.db out/demo/restricted/*.db log; do
	! grep -aqF -f canaries "$later" || fail "a direct identifier or a comment stands in $later"
done
! grep -raqF -f canaries out/demo/release || fail "a direct identifier or a comment stands in release/"
! grep -qF -f canaries log || fail "a message carries an answer"
for shared in out/demo/restricted/survey/codebook out/demo/restricted/plan out/demo/restricted/survey/gated.db \
	out/demo/restricted/survey/report/findings.sarif; do
	[ -e "$shared" ] || fail "there is no $shared"
	! grep -raqF -f canaries "$shared" || fail "a direct identifier or a comment stands in $shared"
done
mkdir -p steward # a study without decisions or releases has none
find out steward >names
grep -q release/manifest.json names || fail "no names of files to look at"
! grep -qF -f canaries names || fail "a file is named by a direct identifier or a comment"
pseudonyms=$(sqlite3 out/demo/restricted/survey/deidentified.db "SELECT pseudonym FROM respondents LIMIT 50")
[ -n "$pseudonyms" ] || fail "no pseudonyms"
printf '%s\n' "$pseudonyms" >pseudonyms
! grep -raqF -f pseudonyms out/demo/release || fail "a pseudonym stands in release/"

# A stop says how many and where, not what.
sed -i 's/^      - {finding: \(reject\|blank\), .*/      - {finding: \1, at_most: 0}/' configs/demo.yaml
if chain STUDY=demo >said; then fail "more findings than the limits allow went on"; fi
grep -q 'error\[gate-limit\]' log || { cat log; fail "stopped by something else than the gate"; }
! grep -qF -f canaries log || fail "the gate's message carries an answer"
