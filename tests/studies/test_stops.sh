#!/bin/sh
# Where gate or audit says no, nothing of an earlier run stays as if it were today's; a config that would read other data than
# its user thinks is refused before anything is read.
. tests/studies/place.sh
begin "$1"

refused() { # WHAT WORDS
	if chain STUDY="${3:-demo}" >said; then fail "$1: went on"; fi
	grep -q "$2" log || { cat log; fail "$1: says something else"; }
}

chain STUDY=demo
cp -R out whole
sed -i.kept 's/^      - {finding: reject, per_cent: .*/      - {finding: reject, at_most: 1}/' configs/demo.yaml
refused "more rejects than the limit" 'error\[gate-limit\]'
[ ! -e out/demo/release ] || fail "the earlier release stayed where the gate said no"
[ -s out/demo/restricted/survey/report/index.html ] || fail "a stop came without its report"
mv configs/demo.yaml.kept configs/demo.yaml
chain STUDY=demo
same_tree whole out

# An audit that says no, because more is demanded than protect gave: the report of what is hidden comes with it.
cat >demanding <<-'SH'
	#!/bin/sh
	case $1 in
	*/audit) sqlite3 out/demo/restricted/protected.db "UPDATE decision SET width = 1000 WHERE unsafe AND published" ;;
	esac
	exec "$@"
SH
chmod +x demanding
sed -i.kept 's/^  min_width: 3/  min_width: 4/' configs/demo.yaml
if chain STUDY=demo EXEC=./demanding >said; then fail "an audit that says no: went on"; fi
grep -q 'error\[audit-' log || { cat log; fail "the audit says nothing"; }
[ ! -e out/demo/release ] || fail "the earlier release stayed where the audit said no"
grep -q '✗ No: the attack found' out/demo/restricted/disclosure/index.html || fail "a stop of the audit came without its report"
mv configs/demo.yaml.kept configs/demo.yaml
chain STUDY=demo
same_tree whole out

cp configs/demo.yaml configs/copy.yaml
refused "a study of another name than its file" 'named `demo`' copy

mkdir -p exports/demo
echo "ID" >exports/demo/survey-online.csv
refused "an export that would not be read" 'is made up, yet'
rm -r exports

sed -i.kept 's/^    outcome: loneliness$/    outcome: lonelines/' configs/demo.yaml
refused "a misspelt outcome" 'did you mean'
grep -q -e '--> configs/demo.yaml' log || { cat log; fail "the message does not name the user's own file"; }
