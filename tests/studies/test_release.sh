#!/bin/sh
# The steward's act adds to the ledger once; make only reads it; later releases are attacked together with it.
. tests/studies/place.sh
begin "$1"
chain STUDY=demo
[ ! -e steward ] || fail "make wrote into steward/"
before=$(sha256sum <out/demo/release/manifest.json)
chain release STUDY=demo BY='A. Steward' WHY='a first "release", it'"'"'s one'
ledger=steward/demo/ledger.sqlite
[ "$(stat -c %a steward/demo)" = 700 ] && [ "$(stat -c %a $ledger)" = 600 ] || fail "others can read the ledger"
[ "$(sqlite3 $ledger 'SELECT release, by, why FROM released')" = "1|A. Steward|a first \"release\", it's one" ] || fail "wrong entry"
[ "$(sqlite3 $ledger 'SELECT count(*) > 100 FROM shown')" = 1 ] || fail "the ledger does not hold what was shown"
ledgers=$(sha256sum <$ledger)

chain STUDY=demo
[ "$(ran | tr '\n' ' ')" = "audit disclosure publish " ] || fail "after a release, make ran: $(ran)"
[ "$(sqlite3 out/demo/restricted/audited.db "SELECT value FROM verdict WHERE item = 'releases'")" = 1 ] || fail "the audit did not read the ledger"
[ "$before" = "$(sha256sum <out/demo/release/manifest.json)" ] || fail "the same release has another manifest"
chain release STUDY=demo BY='A. Steward' WHY=again
[ "$ledgers" = "$(sha256sum <$ledger)" ] || fail "the same release was added twice"

# The same table without the people of one small place: what each hides, the other must not give away.
sed -i 's/^disclosure:/  - {name: fewer, title: Fewer, dataset: survey, kind: table, outcome: loneliness, filter: "activity <> '"'none'"'"}\n\n&/' configs/demo.yaml
if chain STUDY=demo; then
	[ "$(sqlite3 out/demo/restricted/audited.db "SELECT count(*) FROM interval WHERE verdict <> 'safe'")" = 0 ] || fail "passed, though not safe"
else
	grep -q 'error\[audit' log || fail "stopped by something else than the audit"
fi

# Another filter than the one released: who is in one and not in the other would be the difference of two bases.
sed -i "s/activity <> 'none'/gender <> 'another'/" configs/demo.yaml
if chain STUDY=demo >said; then fail "a second filter passed"; fi
grep -q 'error\[audit-crossing' log || { cat log; fail "stopped by something else than the crossing"; }

# Other people: what is not attacked together is not released.
sed -i 's/^  seed: .*/  seed: 7/' configs/demo.yaml
if chain STUDY=demo; then fail "a release over changed records passed"; fi
grep -q 'error\[audit' log || fail "stopped by something else than the audit"
[ "$ledgers" = "$(sha256sum <$ledger)" ] || fail "make wrote into the ledger"

# The steward's report says of what was told by few who came or left that it was, and the message what helps.
sed -i "/name: fewer/d; s/gender <> 'another'/activity <> 'none'/" configs/demo.yaml
if chain STUDY=demo; then fail "a release over changed records passed"; fi
grep -q 'of kind change' log || fail "the message does not say that people came or left"
grep -q 'beside an earlier release of other answers' out/demo/restricted/disclosure/index.html || fail "the report does not say it"
