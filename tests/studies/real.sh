#!/bin/sh
# The real exports: real.sh BIN DATA. Fails where a file is absent or is not the one whose SHA-256 stands here.
set -eu
. tests/studies/place.sh
[ -n "${2:-}" ] && [ -d "$2" ] || { echo "say where the real exports are: make check-real DATA=folder"; exit 1; }
data=$(cd "$2" && pwd)
begin "$1"
passed=0

# Every real file that is read here is the one whose SHA-256 stands in real.sha256.
(cd "$data" && sha256sum --quiet -c "$root/tests/studies/real.sha256") || fail "a file is absent, or is not the one that these tests know"

equal() { # WHAT GOT WANTED
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
	passed=$((passed + 1))
}

chain STUDY=osmi-2014 EXPORTS="$data/osmi-mental-health-in-tech-2014"
survey=out/osmi-2014/restricted/survey
release=out/osmi-2014/release

equal "rows read" "$(sqlite3 $survey/ingested.db 'SELECT rows FROM source')" 1259
equal "rows accounted for" "$(sqlite3 $survey/validated.db 'SELECT sum(rows) FROM account')" 1259
equal "judgements" "$(sqlite3 $survey/validated.db 'SELECT count(*) FROM judgement')" 1259
equal "impossible ages found" \
	"$(sqlite3 $survey/validated.db "SELECT group_concat(value, ' ') FROM (SELECT value FROM finding WHERE code = 'cell-range' AND variable = 'age' ORDER BY CAST(value AS REAL))")" \
	"-1726 -29 -1 5 8 11 329 99999999999"
equal "spellings of gender that are no answer" \
	"$(sqlite3 $survey/validated.db "SELECT count(*) FROM finding WHERE variable = 'gender' AND severity IN ('blank', 'reject')")" 0

# The comments: nothing in them is sure or likely. Looked through for capitals and digits by another program: they hold no
# number or address of anybody, and one name, which without a roster nobody can look for. Low are a murder that is told of,
# and somebody who is the only person of a company.
equal "comments that hold more than a blank" "$(sqlite3 $survey/scanned.db 'SELECT count(*) FROM text')" \
	"$(sqlite3 :memory: ".import --csv '$data/osmi-mental-health-in-tech-2014/survey.csv' t" "SELECT count(*) FROM t WHERE trim(comments) NOT IN ('NA', '')")"
equal "what is found in the comments" \
	"$(sqlite3 $survey/scanned.db "SELECT group_concat(type || ' ' || confidence || ' ' || row) FROM found")" "indirect low 101,indirect low 604"

# The countries with fewer than ten respondents, counted in the export by another program.
small=$(sqlite3 :memory: ".import --csv '$data/osmi-mental-health-in-tech-2014/survey.csv' t" \
	"SELECT count(*) FROM (SELECT 1 FROM t GROUP BY Country HAVING count(*) < 10)")
equal "small countries" "$small" 39
sqlite3 -separator '	' $survey/deidentified.db "SELECT code FROM area LEFT JOIN respondents USING (area) GROUP BY area HAVING count(respondent) < 10" >small
equal "small areas" "$(wc -l <small)" 39
while read -r code; do
	shown=$(sqlite3 out/osmi-2014/restricted/withheld.db \
		"SELECT count(*) FROM figure JOIN result USING (result) WHERE area = '$code' AND printed IS NOT NULL")
	[ "$shown" = 0 ] || fail "the small area $code shows $shown figures"
done <small
passed=$((passed + 1))
equal "the audit's verdict" "$(sqlite3 out/osmi-2014/restricted/audited.db "SELECT value FROM verdict WHERE item = 'passed'")" 1
equal "hidden cells recovered" "$(sqlite3 out/osmi-2014/restricted/audited.db "SELECT count(*) FROM interval WHERE verdict <> 'safe'")" 0
hidden=$(sqlite3 out/osmi-2014/restricted/audited.db "SELECT count(*) FROM interval WHERE kind = 'cell'")
[ "$hidden" -gt 500 ] || fail "the attack had only $hidden hidden cells to try"
[ -s $release/index.html ] && [ -s $release/manifest.json ] || fail "nothing was released"

# The attack on the release itself: by any reader, and by one who knows how many took part, as the README tells.
attack() { # [RESPONDENTS]
	(cd "$root" && sh tests/studies/test_attack.sh "$bin" "$work/out/osmi-2014" 400 "$@") ||
		fail "a reader${1:+ who knows of $1 respondents} can work out what is hidden"
	passed=$((passed + 1))
}
attack
attack 1259

chain STUDY=osmi-2014 EXPORTS="$data/osmi-mental-health-in-tech-2014"
equal "steps run again" "$(ran)" ""

. "$root/tests/studies/real_rates.sh"
. "$root/tests/studies/real_estimates.sh"
. "$root/tests/studies/real_outside.sh"
. "$root/tests/studies/real_exports.sh"

echo "$passed passed, 0 failed"
