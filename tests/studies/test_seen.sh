#!/bin/sh
# What the steward has looked at is told from what is new, and the mark is as restricted as the findings.
. tests/studies/place.sh
begin "$1"
page=out/demo/restricted/survey/report/index.html

chain STUDY=demo validate
grep -q 'no earlier look is recorded' $page || fail "without a look nothing can be said to have changed"
chain STUDY=demo seen
[ "$(stat -c %a steward/demo/survey-seen.csv)" = 600 ] || fail "others may read what the steward has seen"
chain STUDY=demo validate
[ "$(ran)" = report ] || fail "a look made more than the report again: $(ran | tr '\n' ' ')"
! grep -q 'no earlier look is recorded' $page || fail "the report does not know of the look"

sed -i '/,cell-space$/d' steward/demo/survey-seen.csv
chain STUDY=demo validate
new=$(sqlite3 out/demo/restricted/survey/validated.db "SELECT count(*) FROM finding WHERE code = 'cell-space'")
[ "$new" -gt 0 ] && grep -Eq "$new( are)? new|$new new" $page || fail "the $new findings that were not seen are not told as new"
