#!/bin/sh
# What make itself says and does: to who misspells, to who installs, to who removes.
. tests/studies/place.sh
begin "$1"
variant=$(basename "$(dirname "$bin")")

says() { # STATUS WORDS ARGUMENTS...
	wanted=$1 words=$2
	shift 2
	status=0
	make -C "$root" VARIANT="$variant" "$@" >log 2>&1 || status=$?
	[ "$status" -eq "$wanted" ] || { cat log; fail "make $*: status $status, not $wanted"; }
	grep -qF -e "$words" log || { cat log; fail "make $*: does not say $words"; }
}

says 2 'STUDY is one of: demo dfe-care-leavers ons-wellbeing osmi-2014' STUDY=dmeo
says 2 'STUDY is one of: demo dfe-care-leavers ons-wellbeing osmi-2014' STUDY='my study'
says 2 'STUDY is one of: demo dfe-care-leavers ons-wellbeing osmi-2014' STUDY='../demo'
says 2 "make release STUDY=demo BY='A. Steward'" release
says 2 'VARIANT is dev or san' VARIANT=fast build
says 0 'make deps' help

says 0 '' install DESTDIR="$work/a place" prefix=/usr
[ -x "$work/a place/usr/libexec/canvass/audit" ] && [ -s "$work/a place/usr/share/canvass/places.csv" ] || fail "nothing was installed there"
says 0 '' uninstall DESTDIR="$work/a place" prefix=/usr
[ -d "$work/a place/usr" ] && [ -z "$(find "$work/a place" -type f)" ] || fail "uninstall removed too much or too little"
