#!/bin/sh
# Whoever attacks the tables holds the public file of records: one that gives a hidden count away is refused, and later
# releases are attacked with it for ever. One for safeguarded access is recorded, and nobody attacks with it.
. tests/studies/place.sh
begin "$1"
ledger=steward/demo/ledger.sqlite
asked() { sqlite3 "$ledger" "$1"; }
records() { # the entry of the config: access, keys, what else leaves
	sed -i '/^microdata:/,/^$/d' configs/demo.yaml
	[ $# = 0 ] || printf '\nmicrodata:\n  - {dataset: survey, access: %s, keys: [%s], variables: [%s], k: 2}\n' "$1" "$2" "$3" >>configs/demo.yaml
}

records public area 'accommodation, loneliness'
if chain STUDY=demo; then fail "a public file that counts what is hidden was let through"; fi
grep -q 'error\[audit-records' log || { cat log; fail "stopped by something else than the file of records"; }
grep -q 'access: safeguarded' log || fail "the message does not say what helps"
[ ! -e out/demo/release ] || fail "published all the same"
failed=out/demo/restricted/audit-failed.db
[ "$(sqlite3 $failed 'SELECT count(*) > 10 FROM interval WHERE by_records')" = 1 ] || fail "the evidence does not name the cells"
[ "$(sqlite3 $failed "SELECT count(*) FROM interval WHERE by_records AND verdict = 'safe'")" = 0 ] || fail "blames the file for what is safe"
grep -q 'public file of records' out/demo/restricted/disclosure/index.html || fail "the steward's report does not name the file"

# The same file for those who signed for it.
records safeguarded area 'accommodation, loneliness'
chain STUDY=demo
[ "$(sqlite3 out/demo/restricted/audited.db "SELECT value FROM verdict WHERE item = 'records'")" = 0 ] || fail "attacked with a file that the public does not have"
chain release STUDY=demo BY='A. Steward' WHY='tables, and a file for the archive'
[ "$(asked "SELECT release, dataset, access, records FROM handed_over")" = "1|survey|safeguarded|370" ] || fail "the ledger does not know of the file"
[ "$(asked "SELECT value FROM handed_over_by WHERE item = 'keys'")" = area ] || fail "nor of its keys"
[ "$(asked "SELECT count(*) FROM held_value")" = 0 ] || fail "the ledger holds records that are not public"

# One with none of the tables' answers is for everybody, and is known ever after.
records public area gender
chain STUDY=demo
chain release STUDY=demo BY='A. Steward' WHY='a file for everybody'
[ "$(asked "SELECT count(DISTINCT variable), count(DISTINCT record) FROM held_value WHERE release = 2")" = "2|370" ] || fail "the ledger does not hold the public records"
grep -q 'note: release 1 handed another file of the same people over' log || fail "does not say who has two files now"
before=$(sha256sum <$ledger)
chain release STUDY=demo BY='A. Steward' WHY=again
[ "$before" = "$(sha256sum <$ledger)" ] || fail "the same release was added twice"

# Without the file from now on: a table of what it holds is refused, and so is another file of the same people.
records
sed -i 's/^disclosure:/  - {name: gender, title: Gender, dataset: survey, kind: table, outcome: gender}\n\n&/' configs/demo.yaml
if chain STUDY=demo; then fail "a count that an earlier file gives away was hidden in vain"; fi
grep -q 'error\[audit-records' log || { cat log; fail "stopped by something else than the earlier file"; }
sed -i '/name: gender/d' configs/demo.yaml
chain STUDY=demo
records public area age
if chain STUDY=demo; then fail "a second file of the same people passed"; fi
grep -q 'error\[audit-second-file' log || { cat log; fail "stopped by something else than the second file"; }
