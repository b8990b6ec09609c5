#!/bin/sh
# Texts that are redacted: what was planted in them is found where it stands, replaced, and decided about before a release.
. tests/studies/place.sh
begin "$1"
survey=out/demo/restricted/survey
release() { chain release STUDY=demo BY='A. Steward' WHY='a test'; }

# What synthesise plants, in an expression of its own. Addresses of example.com are kept by a decision.
canary='07700 ?900|01632 ?960|@example\.org|@made_up|ZZ99|999 [0-9]{3} [0-9]{4}|born on [0-9]|Robin|Notreal|Unreal|NOWHERE|Nowhere|Imagined'

sed '/^text-/d' configs/demo/decisions.csv >without && mv configs/demo/decisions.csv decided && mv without configs/demo/decisions.csv
chain STUDY=demo
planted=$(sqlite3 $survey/ingested.db "SELECT comment FROM answers JOIN (SELECT row FROM validated.judgement WHERE status = 'accepted') USING (row)" \
	-cmd "ATTACH '$survey/validated.db' AS validated" | grep -Ec "$canary")
[ "$planted" -gt 20 ] || fail "only $planted texts have something planted in them"
sqlite3 $survey/scanned.db "SELECT redacted FROM text" >redacted
! grep -E "$canary" redacted || fail "what was planted stands in a redacted text"
! strings -n 4 $survey/scanned.db | grep -E "$canary" || fail "what was planted stands in scanned.db"
[ "$(stat -c %a $survey/scanned.db $survey/text $survey/text/index.html $survey/text/found.csv | tr '\n' ' ')" = "600 700 600 600 " ] ||
	fail "others can read what was found"
for file in out/demo/restricted/*.db $survey/derived.db $survey/deidentified.db; do
	! strings -n 4 "$file" | grep -E "$canary" || fail "what was planted stands in $file"
done
! grep -rEq "$canary" out/demo/release || fail "what was planted stands in the release"
! grep -E "$canary" log || fail "what was planted stands in the log"

# The offsets point at the words, and at nothing else.
sqlite3 -separator '|' $survey/scanned.db -cmd "ATTACH '$survey/ingested.db' AS i" \
	"SELECT type, substr(trim(comment), start + 1, length) FROM found JOIN i.answers USING (row) WHERE confidence <> 'low'" >cut
[ "$(wc -l <cut)" -gt 30 ] || fail "only $(wc -l <cut) things were found"
! grep -Ev '^(phone\|(07700 900[0-9]{3}|07700900[0-9]{3}|\+44 7700 900[0-9]{3}|\+447700900[0-9]{3}|01632 960[0-9]{3})|email\|made\.up[0-9]+@example\.org|url\|https://www\.example\.com/people/[0-9]+|handle\|@made_up_[0-9]+|postcode\|ZZ99 3[A-Z]{2}|birth\|[0-9]+/[0-9]{2}/200[2-8]|nhs\|999 [0-9]{3} [0-9]{4}|person\|(Robin|Robin Nowhere|Zoë Notreal)|worker\|(Sam|Mrs) Unreal|placement\|(Nowhere House|NOWHERE HOUSE)|school\|Imagined Academy)$' cut ||
	fail "an offset points beside what was found"

# Open: no release, and the message says how many; it names no word of a text.
open=$(sqlite3 $survey/scanned.db "SELECT count(*) FROM found WHERE confidence = 'high'")
status=0
release >said || status=$?
[ "$status" -ne 0 ] && grep -q 'error\[text-open' log || { cat log; fail "open findings did not hold the release up"; }
grep -q " $open things that surely tell" log || fail "the message does not say that $open findings are open"
[ ! -e steward/demo/ledger.sqlite ] || fail "a release that was refused stands in the ledger"
grep -q 'class="bad"' $survey/text/index.html || fail "the page does not show what is open"

# Decided up to a day before the study's: as good as not decided.
sed '/^text-/s/,$/,2026-04-29/' decided >configs/demo/decisions.csv
if release >said; then fail "decisions that have expired let a release go"; fi
grep -q "error\[text-open" log || fail "stopped by something else than the texts"

# Decided: it goes, what is kept stands in the redacted text again, and nothing waits on the page.
cp decided configs/demo/decisions.csv
release
[ -e steward/demo/ledger.sqlite ] || fail "what was decided was not released"
sqlite3 $survey/scanned.db "SELECT redacted FROM text" >redacted
grep -q 'https://www.example.com/people/' redacted || fail "what was kept is not in the redacted text"
! grep -E "$canary" redacted || fail "what was planted stands in a redacted text once it is decided"
! grep -q 'id="open"' $survey/text/index.html || fail "something decided is shown as open"

# The same bytes again, after a kill too.
sha256sum $survey/scanned.db $survey/text/* >sums
rm -r $survey/scanned.db $survey/text
make -f pipeline/chain.mk bin="$bin" STUDY=demo texts >/dev/null 2>&1 &
kill -s KILL $! 2>/dev/null || :
wait || :
chain STUDY=demo
sha256sum -c --quiet sums || fail "the second run wrote other bytes"

# A dataset without a text to redact has neither step nor file.
sed -i '/^comment,/s/,redact,/,drop,/' data-dictionary/demo/survey/variables.csv
rm -rf out
chain STUDY=demo
[ ! -e $survey/scanned.db ] && [ -z "$(ran | grep -x scan)" ] || fail "texts that are dropped were scanned"
