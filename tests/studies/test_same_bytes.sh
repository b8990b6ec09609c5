#!/bin/sh
# The same inputs give the same bytes: at -j1 and -j4, in two folders, on two dates where faketime is there, under two umasks
# and locales.
. tests/studies/place.sh
begin "$1"
chain -j1 STUDY=demo
mkdir other
cp -R configs data-dictionary pipeline other/
later=
# The address sanitiser does not run under faketime: then both trees are of today.
! faketime 2031-07-01 "$bin/plan" --version >later 2>&1 || later='faketime 2031-07-01'
(
	cd other
	umask 002
	LC_ALL=C.UTF-8 TZ=Asia/Tokyo $later make -j4 -f pipeline/chain.mk bin="$bin" STUDY=demo >log 2>&1 || { cat log; exit 1; }
)
same_tree out other/out
[ "$(stat -c %a out/demo/restricted)" = 700 ] || fail "restricted/ can be read by others"
[ -z "$(find out/demo/restricted other/out/demo/restricted -type f -perm /077)" ] || fail "a restricted file can be read by others"
