#!/bin/sh
# Nothing that says who somebody is goes past deidentify: ids, names, addresses, days and words that were planted in the exports are
# looked for in the bytes of every file that the chain and the steward's acts make, but for those named here.
. tests/studies/place.sh
begin "$1"
command -v python3 >/dev/null || exit 0
keys=$(mktemp -d)
trap 'rm -rf "$work" "$keys"' EXIT
export HOME="$keys"
canaries=$root/tests/studies/canaries.py

# What may hold answers as they were given: what was made before deidentify, and the steward's reports on that. Whatever is not named
# here is searched, also what stages make that are not there yet.
before() {
	find out steward -type f | LC_ALL=C sort |
		grep -Ev '^out/birds/restricted/(first|second)/((ingested|validated|scanned)\.db|(report|text)/[^/]*)$' || :
}

# --- the exports, and the words planted in them ---

dictionary=data-dictionary/birds
mkdir -p "$dictionary" exports/birds
cat >"$dictionary/variables.csv" <<'END'
variable,label,type,level,codes,min,max,pattern,required,role,disclosure,treat,microdata
person,Person,id,,,,,,yes,key,direct,,
reference,Case reference,id,,,,,,,case,direct,,
name,Name,text,,,,,,,,direct,,
mail,E-mail,text,,,,,,,,direct,,
phone,Telephone,text,,,,,,,,direct,drop,
address,Internet address,text,,,,,,,paradata,direct,,
postcode,Postcode,text,nominal,,,,,,,quasi,district,drop
born,Born,date,,,1990-01-01,2010-01-01,,,,quasi,age,bands:16 19 22
filled,Filled in,datetime,,,2026-01-01,2026-03-31,,,date,none,year,drop
area,Area,code,nominal,places,,,,yes,area,quasi,,
lives,Lives in,code,nominal,places,,,,,,quasi,level:region,
gender,Gender,code,nominal,gender,,,,,,quasi,,broader
happy,Happy,code,binary,happy,,,,,measure,sensitive,,
score,Score,integer,scale,,0,10,,,measure,sensitive,bottom:2 top:9,
comment,Anything else,text,,,,,,,free_text,sensitive,drop,
wish,What would help,text,,,,,,,free_text,sensitive,redact,
END
cat >"$dictionary/codes.csv" <<'END'
list,code,label,broader
gender,f,Female,
gender,m,Male,
gender,n,Non-binary,other
gender,other,Other,
happy,yes,Yes,
happy,no,No,
END
echo rule,severity,when,require,message >"$dictionary/rules.csv"
echo headers,match,header,variable >"$dictionary/headers.csv"

# export_of WAVE: 240 people, the same in both waves. What is planted of a kind begins alike, so that few words find all of it.
export_of() {
	awk -v wave="$1" 'BEGIN {
		split("E06000055 E06000032 E06000042", area); split("f m f m f m n", gender)
		split("2001-07-11 2002-02-05 2003-01-05 2004-09-23 2005-05-27 2006-08-15 2008-06-21", born)
		split("2026-01-13 2026-02-17 2026-03-19", filled)
		print "person,reference,name,mail,phone,address,postcode,born,filled,area,lives,gender,happy,score,comment,wish"
		for (i = 1; i <= 240; i++) {
			n = sprintf("%s%04d", wave, i)
			printf "qzperson%04d,qzcase%s,Qzanna Qzbird%s,qz%s@qzmail.example,07700900%03d,192.0.2.%d,MK%d 7QZ,%s,%sT%02d:47:13,", \
				i, n, n, n, i, i, 1 + i % 9, born[1 + i % 7], filled[1 + i % 3], 8 + i % 11
			printf "%s,%s,%s,%s,%d,", area[1 + i % 3], area[1 + i % 2], gender[1 + i % 7], i % 5 < 3 ? "yes" : "no", i % 11
			printf "the qzcomment%s is mine,\"write to qz%s@qzmail.example, says Qzbird%s\"\n", n, n, n
		}
	}' >"exports/birds/$1.csv"
}
export_of 1
export_of 2
{
	printf '%s\n' qzperson qzcase qzanna qzbird qzmail qzcomment 07700900 192.0.2. :47:13
	for district in 1 2 3 4 5 6 7 8 9; do printf 'MK%d 7QZ\nMK%d7QZ\n' $district $district; done
	printf 'day %s\n' 2001-07-11 2002-02-05 2003-01-05 2004-09-23 2005-05-27 2006-08-15 2008-06-21 2026-01-13 2026-02-17 2026-03-19
	# An id is not hashed as everybody can hash it.
	for id in qzperson0001 qzperson0120 qzperson0240; do
		for hash in md5sum sha1sum sha256sum b2sum; do printf %s $id | $hash | cut -c 1-16; done
	done
} >words

cat >configs/birds.yaml <<'END'
study:
  name: birds
  title: Birds
  synthetic: no
  date: 2026-04-30
  key_file: ~/key
  areas: [E06000055, E06000032, E06000042]
datasets:
  - {name: first, kind: responses, unit: {name: respondent}, dictionary: data-dictionary/birds, exports: [{path: 1.csv}]}
  - {name: second, kind: responses, unit: {name: respondent}, dictionary: data-dictionary/birds, exports: [{path: 2.csv}]}
analyses:
  - {name: happy, title: Happy, dataset: first, kind: share, outcome: happy, codes: ["yes"]}
  - {name: gender, title: Gender, dataset: first, kind: table, outcome: gender}
  - {name: score, title: Score, dataset: first, kind: mean, outcome: score}
disclosure: {policy: birds-1}
microdata:
  - {dataset: first, access: safeguarded, keys: [area, born, gender, lives], k: 3, sensitive: [happy]}
  - {dataset: second, access: public, keys: [area, born, gender], k: 5}
publish: {publisher: Nobody, source: Made up for a test.}
END
(umask 077 && echo 'a fixed key, so that every run of this test is the same' >"$keys/key")
echo 'a fixed key, so that' >>words
mkdir -p steward/birds
cat >steward/birds/decisions.csv <<'END'
finding,dataset,decision,value,by,when,why,until
text-email,first,redact,,A. Steward,2026-04-14,a test,
text-email,second,redact,,A. Steward,2026-04-14,a test,
END

# --- the search finds what is there ---

mkdir found
printf 'to QZPERSON0001 and on' >found/plain
printf 'qzbird10007' | gzip >found/packed.gz
printf '..qzbird10007!' | base64 >found/base64
printf '.qzbird10007!' | base64 >found/base64-1
printf 'qzbird10007' | xxd -p >found/hexadecimal 2>/dev/null || printf 717a62697264313030303700 >found/hexadecimal
python3 - <<'END'
import sqlite3, zipfile
open("found/utf-16", "wb").write("qzbird10007".encode("utf-16-le"))
open("found/page.sav", "wb").write(b"$FL2@(#)" + b"qzbird10" + b"\xfd" * 8 + b"007     ")
zipfile.ZipFile("found/packed.zip", "w", zipfile.ZIP_DEFLATED).writestr("inside", "qzbird10007 " * 9)
for name in ("whole", "deleted", "day"): # 2003-01-05 is 12057 days after 1970-01-01
    base = sqlite3.connect(f"found/{name}.db")
    base.execute("PRAGMA secure_delete = 0")
    base.execute("CREATE TABLE respondents (a)")
    base.execute("INSERT INTO respondents VALUES (?)", (12057 if name == "day" else "x" * 9000 + "qzbird10007" + "x" * 9000,))
    base.commit()
    if name == "deleted":
        base.execute("DELETE FROM respondents")
    base.commit()
END
for file in found/*; do
	! python3 "$canaries" words "$file" >hits || fail "nothing is found in $file"
	! grep Traceback hits || fail "the search fell over $file"
done
echo 'nobody of the name' >found.not
python3 "$canaries" words found.not >hits || fail "something is found where nothing is: $(cat hits)"

# --- the chain ---

# search: the files after deidentify, their names, and what the programs said.
search() {
	before >files
	for file in deidentified.db compared.db withheld.db index.html anonymised.db "$@"; do
		grep -q "/$file\$" files || fail "there is no $file to search"
	done
	{ cat log && find out steward; } >said.log
	tr '\n' '\0' <files | xargs -0 python3 "$canaries" words said.log >hits
}
chain STUDY=birds || fail 'the chain stopped'
search || fail "what was planted stands in: $(cut -c 1-120 hits | head)"
make -f pipeline/chain.mk bin="$bin" STUDY=birds BY='A. Steward' WHY='a test' release >log 2>&1 || { cat log; fail 'it was not released'; }
search ledger.sqlite || fail "after the release, what was planted stands in: $(cut -c 1-120 hits | head)"

# The files that are left out hold what was planted, each of them: else they would not need to be.
for file in ingested.db; do
	! python3 "$canaries" words "out/birds/restricted/first/$file" >hits || fail "$file need not be left out"
done

# --- who is who ---

# The same id has the same pseudonym in every wave, under another key another, and is none of its digits.
pseudonyms() {
	sqlite3 "out/birds/restricted/$1/deidentified.db" 'SELECT pseudonym FROM respondents ORDER BY 1'
}
pseudonyms first >first
pseudonyms second >second
[ "$(sort -u first | wc -l)" -eq 240 ] || fail 'two people have one pseudonym'
cmp -s first second || fail 'the same people have other pseudonyms in the second wave'
! grep -Evq '^[0-9a-f]{32}$' first || fail 'a pseudonym is no 32 digits'
echo 'another key of the same study' >"$keys/key"
chain STUDY=birds || fail 'the chain stopped under another key'
pseudonyms first >other
[ -z "$(comm -12 first other)" ] || fail 'somebody has the same pseudonym under another key'

# --- it can fail ---

# A label that names somebody, of a variable that is kept.
sed -i 's/^gender,f,Female/gender,f,Qzanna/' "$dictionary/codes.csv"
chain STUDY=birds || fail 'the chain stopped over a label'
! search || fail 'a name in a label was not found'
for file in first/deidentified.db compared.db; do
	grep -q "^out/birds/restricted/$file: qzanna" hits || fail "the name is not found in $file"
done
grep -q '^out/birds/release/' hits || fail 'the name is not found in release/'
