#!/bin/sh
# Kill the chain at any moment: the next make finishes the job with the same bytes, and nothing is left aside.
. tests/studies/place.sh
begin "$1"
chain STUDY=demo
mv out whole
for try in 1 2 3 4 5 6 7 8 9 10 11 12; do
	setsid make -f pipeline/chain.mk bin="$bin" STUDY=demo >log 2>&1 &
	group=$!
	sleep "0.$(printf '%02d' $((try * 7 % 60)))"
	kill -s KILL -- "-$group" 2>/dev/null && killed=$((${killed:-0} + 1))
	wait "$group" 2>/dev/null || :
	[ $((try % 3)) -ne 0 ] || rm -rf out
done
[ "${killed:-0}" -gt 0 ] || fail "every run ended before it was killed"
chain STUDY=demo
same_tree whole out
[ -z "$(find out -name '*.aside-*')" ] || fail "something was left aside"
