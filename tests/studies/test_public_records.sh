#!/bin/sh
# Whoever attacks the tables holds the public file of records: one that gives a hidden count away is refused, and later
# releases are attacked with it for ever. One for safeguarded access is recorded, and nobody attacks with it.
. tests/studies/place.sh
begin "$1"
ledger=steward/records/ledger.sqlite
dictionary=data-dictionary/records
asked_file() { sqlite3 $records "SELECT count(*) FROM records WHERE $1"; }
asked() { sqlite3 "$ledger" "$1"; }
mkdir -p $dictionary exports/records
cat >$dictionary/variables.csv <<-'CSV'
	variable,label,type,level,codes,required,role,microdata
	id,Id,id,,,yes,key,
	area,Area,code,nominal,areas,yes,area,
	home,Home,code,nominal,homes,yes,,
	sex,Sex,code,nominal,sexes,yes,,
CSV
cat >$dictionary/codes.csv <<-'CSV'
	list,code,label,as_exported,broader
	areas,A,Aston,A,
	areas,B,Barton,B,
	areas,C,Carlton,C,
	homes,own,A home of their own,own,
	homes,shared,A shared home,shared,
	homes,none,No fixed home,none,
	sexes,f,Female,f,
	sexes,m,Male,m,
	sexes,o,Other,o,
CSV
{ echo headers,match,header,variable; for name in id area home sex; do echo "plain,name,$name,$name"; done; } >$dictionary/headers.csv
echo rule,severity,when,require,message >$dictionary/rules.csv
# 4 of Aston have no fixed home, and 5 of Barton are of another sex
awk 'BEGIN { split("A B C", area, " "); print "id,area,home,sex"
	for (a = 1; a <= 3; a++) for (i = 1; i <= 60; i++) {
		home = i <= 4 + 8 * (a - 1) ? "none" : i <= 33 ? "shared" : "own"
		sex = i % 12 == 0 && a > 1 && (a == 3 || i <= 60) ? "o" : i % 2 ? "f" : "m"
		print area[a] i "," area[a] "," home "," sex } }' >exports/records/answers.csv
study() { # access, what leaves besides the area; or neither
	cat >configs/records.yaml <<-'YAML'
		study: {name: records, title: Records, synthetic: yes, date: 2026-03-31, seed: 1, key: of the tests}
		datasets:
		  - name: survey
		    kind: responses
		    unit: {name: respondent}
		    dictionary: data-dictionary/records
		    exports: [{path: answers.csv}]
		    derived:
		      - {variable: settled, label: Settled, codes: [{code: "no", label: No, when: "home = 'none'"}, {code: "yes", label: Yes}]}
		      - {variable: either, label: Of either sex, codes: [{code: "no", label: No, when: "sex = 'o'"}, {code: "yes", label: Yes}]}
		analyses:
		  - {name: homes, title: Homes, dataset: survey, kind: share, outcome: home}
		disclosure: {policy: p, threshold: 10, zeros: shown}
		publish: {publisher: P, contact: C, licence: L, source: S}
	YAML
	[ $# = 0 ] || printf 'microdata:\n  - {dataset: survey, access: %s, keys: [area], variables: [%s], k: 2}\n' "$1" "$2" >>configs/records.yaml
}

study safeguarded home
chain STUDY=records
[ -d out/records/safeguarded/survey ] || fail "no file for those who sign for it"
study public home
if chain STUDY=records; then fail "a public file that counts what is hidden was let through"; fi
grep -q 'error\[audit-records' log || { cat log; fail "stopped by something else than the file of records"; }
grep -q 'access: safeguarded' log || fail "the message does not say what helps"
[ ! -e out/records/release ] || fail "published all the same"
[ ! -e out/records/safeguarded/survey ] || fail "the file stayed where the config hands none out under signature"
failed=out/records/restricted/audit-failed.db
[ "$(sqlite3 $failed "SELECT verdict, least, most FROM interval WHERE by_records AND condition = 'survey & area=A & home=none'")" = 'recovered|4.0|4.0' ] || fail "the evidence does not name the count"
[ "$(sqlite3 $failed "SELECT count(*) FROM interval WHERE by_records AND verdict = 'safe'")" = 0 ] || fail "blames the file for what is safe"
grep -q 'public file of records' out/records/restricted/disclosure/index.html || fail "the steward's report does not name the file"

# What is not in the file, and follows from it: the table is of who is settled, the file of where they live.
cp configs/records.yaml plain.yaml
sed -i 's/outcome: home/outcome: settled/' configs/records.yaml
if chain STUDY=records; then fail "a public file that tells who is in a hidden cell was let through"; fi
grep -q 'error\[audit-records' log || { cat log; fail "stopped by something else than what follows from the file"; }
[ "$(sqlite3 $failed "SELECT verdict, least, most FROM interval WHERE by_records AND condition GLOB 'survey & area=A & settled{*}=no'")" = 'recovered|4.0|4.0' ] ||
	fail "the evidence does not name the count that follows"
records=out/records/restricted/survey/anonymised.db
[ "$(sqlite3 $records "SELECT variable, value, count(*) FROM derivable GROUP BY 1, 2")" = "settled|no|$(asked_file "home = 3")
settled|yes|$(asked_file "home < 3")" ] || fail "what follows is not what SQL counts"
# As a file that tells of their sex alone, nothing follows, and it passes.
sed -i 's/variables: \[home\]/variables: [sex]/' configs/records.yaml
chain STUDY=records
[ "$(sqlite3 $records "SELECT count(*) FROM derivable WHERE variable = 'settled'")" = 0 ] || fail "something follows from nothing"
cp plain.yaml configs/records.yaml

# One that does not tell apart who shares a home and who has none.
sed -i 's/^homes,none,.*/&shared/' $dictionary/codes.csv
sed -i 's/^home,.*/&broader/' $dictionary/variables.csv
chain STUDY=records

# The first one again, for those who signed for it.
sed -i 's/^\(homes,none,.*,\)shared/\1/' $dictionary/codes.csv
sed -i 's/^\(home,.*,\)broader/\1/' $dictionary/variables.csv
study safeguarded home
chain STUDY=records
[ "$(sqlite3 out/records/restricted/audited.db "SELECT value FROM verdict WHERE item = 'records'")" = 0 ] || fail "attacked with a file that the public does not have"
rm -r out/records/safeguarded out/records/restricted/disclosure
chain release STUDY=records BY='A. Steward' WHY='tables, and a file for the archive'
[ -s out/records/safeguarded/survey/survey.csv ] || fail "what is handed over is not there"
[ -s out/records/restricted/disclosure/index.html ] || fail "released without the page that the steward reads"
[ "$(asked "SELECT release, dataset, access, records FROM handed_over")" = '1|survey|safeguarded|180' ] || fail "the ledger does not know of the file"
[ "$(asked "SELECT value FROM handed_over_by WHERE item = 'keys'")" = area ] || fail "nor of its keys"
[ "$(asked "SELECT count(*) FROM held_value")" = 0 ] || fail "the ledger holds records that are not public"

# One with none of the table's answers is for everybody, and known ever after.
study public sex
chain STUDY=records
chain release STUDY=records BY='A. Steward' WHY='a file for everybody'
grep -q 'note: release 1 handed another file of the same people over' log || fail "does not say who may have two files now"
[ "$(asked "SELECT count(DISTINCT variable), count(DISTINCT record) FROM held_value WHERE release = 2")" = '2|180' ] || fail "the ledger does not hold the public records"
before=$(sha256sum <$ledger)
chain STUDY=records
[ "$(sqlite3 out/records/restricted/audited.db "SELECT value FROM verdict WHERE item = 'records'")" = 1 ] || fail "one file is held twice, or none"
chain release STUDY=records BY='A. Steward' WHY=again
[ "$before" = "$(sha256sum <$ledger)" ] || fail "the same release was added twice"

# Without the file from now on: a table of what it holds hides in vain.
study
chain STUDY=records
sed -i 's/^disclosure:/  - {name: sexes, title: Sexes, dataset: survey, kind: share, outcome: sex}\n&/' configs/records.yaml
if chain STUDY=records; then fail "a count that an earlier file gives away was hidden in vain"; fi
grep -q 'error\[audit-records' log || { cat log; fail "stopped by something else than the earlier file"; }
sed -i '/name: sexes/s/outcome: sex/outcome: either/' configs/records.yaml
if chain STUDY=records; then fail "a count that follows from an earlier file was hidden in vain"; fi
grep -q 'error\[audit-records' log || { cat log; fail "stopped by something else than what follows from the earlier file"; }
# made otherwise now, it is another variable, of which the ledger's records tell nothing
sed -i "s/sex = 'o'/sex in ('o', 'f')/" configs/records.yaml
chain STUDY=records

# Whoever has two files of the same people can put them together.
study public home
if chain STUDY=records; then fail "a second file of the same people passed"; fi
grep -q 'error\[audit-second-file' log || { cat log; fail "stopped by something else than the second file"; }
