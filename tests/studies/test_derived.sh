#!/bin/sh
# The derived variables that docs/config.md shows, in the demo: what is published of them is what SQL counts in the answers, and what
# they would tell beside one another or beside what they are made of is refused before anything is computed.
. tests/studies/place.sh
begin "$1"

# The block that begins with derived:, and the demo without its analyses.
awk '/^    derived:/ { inside = 1 } /^```/ { inside = 0 } inside' "$root/docs/config.md" >derived
sed '/^analyses:/,/^disclosure:/{/^disclosure:/!d}' "$root/configs/demo.yaml" >demo
[ "$(grep -c variable: derived)" -ge 4 ] && grep -q '^disclosure:' demo && ! grep -q '^analyses:' demo || fail "the example is somewhere else now"

with() { # the demo with these analyses
	printf 'analyses:\n%s\n' "$1" >analyses
	sed -e '/^    dictionary:/r derived' demo >configs/demo.yaml
	cat analyses >>configs/demo.yaml
}
same() { # WHAT GOT EXPECTED
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
}
figure() { # VARIABLE ANSWER: the count that was computed; the term says what the variable is made of
	sqlite3 out/demo/restricted/compared.db "SELECT n FROM cell WHERE condition GLOB 'survey & $1{*}$2' AND condition NOT GLOB '* & * & *'"
}
answers() { # WHERE: accepted rows, by the answers as they came
	sqlite3 out/demo/restricted/survey/validated.db "ATTACH 'out/demo/restricted/survey/ingested.db' AS i" \
		"SELECT count(*) FROM i.answers a JOIN judgement j ON j.row = a.row WHERE j.status = 'accepted' AND ($1)"
}

with "  - {name: months, title: M, dataset: survey, kind: mean, outcome: contact_months}
  - {name: ages, title: A, dataset: survey, kind: share, outcome: age_group, codes: [under_20]}
  - {name: alone, title: A, dataset: survey, kind: table, outcome: alone}
  - {name: alone-by-age, title: A, dataset: survey, kind: table, outcome: alone, across: age_group}"
chain
for table in months ages alone alone-by-age; do
	[ -s "out/demo/release/tables/$table.csv" ] || fail "no $table"
done
same "aged 16 to 19" "$(figure age_group =under_20)" "$(answers "a.age GLOB '1[6-9]'")"
same "aged 20 to 25" "$(figure age_group =from_20)" "$(answers "a.age GLOB '2[0-5]'")"
same "codes of results, of a share of one code too" "$(sqlite3 out/demo/restricted/compared.db \
	"SELECT group_concat(DISTINCT category) FROM result WHERE analysis = 'ages' AND category IS NOT NULL")" under_20
same "often lonely or without a home" "$(figure alone =yes)" \
	"$(sqlite3 out/demo/restricted/survey/deidentified.db "SELECT count(*) FROM respondents WHERE loneliness = 1 OR accommodation =
		(SELECT position FROM code WHERE variable = 'accommodation' AND code = 'no_fixed_home')")"
same "neither" "$(figure alone =no)" \
	"$(sqlite3 out/demo/restricted/survey/deidentified.db "SELECT count(*) FROM respondents WHERE loneliness <> 1 AND accommodation <>
		(SELECT position FROM code WHERE variable = 'accommodation' AND code = 'no_fixed_home')")"
[ "$(figure alone :refused)" -gt 0 ] || fail "no reason was carried"
# the days themselves go no further than derive
sqlite3 out/demo/restricted/survey/deidentified.db "SELECT * FROM respondents LIMIT 0" ".headers on" "SELECT * FROM respondents LIMIT 1" |
	head -1 | grep -q 'last_contact' && fail "a dropped variable is kept"

with "  - {name: satisfied, title: S, dataset: survey, kind: mean, outcome: life_satisfaction, filter: \"contact = 'recent'\"}"
chain
same "filtered" "$(sqlite3 out/demo/restricted/compared.db "SELECT n FROM cell WHERE condition = 'survey & filter:(contact = ''recent'')'")" \
	"$(sqlite3 out/demo/restricted/survey/derived.db "SELECT count(*) FROM scores WHERE contact_months < 3")"

refused() { # WORDS ANALYSES
	with "$2"
	rm -f out/demo/restricted/compared.db
	if chain >said; then fail "went on, where it should say: $1"; fi
	grep -q "$1" log || { cat log; fail "says something else than: $1"; }
	[ ! -e out/demo/restricted/compared.db ] || fail "something was computed"
}

age='{name: ages, title: A, dataset: survey, kind: table, outcome: age'
refused '`ages` is about `age` and `groups` about `age_group`, which are made of the same answers' \
	"  - $age}
  - {name: groups, title: A, dataset: survey, kind: table, outcome: age_group}"
refused '`ages` is about `age` and `ages` about `age_group`' "  - $age, across: age_group}"
refused '`months` is about `contact_months` and `recent` about `contact`' \
	"  - {name: months, title: M, dataset: survey, kind: mean, outcome: contact_months}
  - {name: recent, title: R, dataset: survey, kind: share, outcome: contact, codes: [recent]}"
refused 'the filter of `months` reads `contact`, which `months` is about' \
	"  - {name: months, title: M, dataset: survey, kind: mean, outcome: contact_months, filter: \"contact = 'recent'\"}"
refused 'the filter of `satisfied` reads `alone`, which `lonely` is about' \
	"  - {name: satisfied, title: S, dataset: survey, kind: mean, outcome: life_satisfaction, filter: \"alone = 'no'\"}
  - {name: lonely, title: L, dataset: survey, kind: table, outcome: loneliness}"

# A value of 0 and 1 is a share whose counts no threshold guards.
printf '      - {variable: lonely, label: L, value: loneliness = 1}\n' >>derived
refused '`lonely` is a mean of `lonely`, which has no more than four values' \
	"  - {name: lonely, title: L, dataset: survey, kind: mean, outcome: lonely}"

# What must not get past deidentify is refused by derive, before a row is read.
cat >>derived <<'END'
      - {variable: said, label: S, codes: [{code: a, label: A, when: "comment like '%help%'"}]}
END
rm -f out/demo/restricted/survey/derived.db
refused '`said` cannot be made of `comment`, which is free text' "  - {name: lonely, title: L, dataset: survey, kind: table, outcome: loneliness}"
[ ! -e out/demo/restricted/survey/derived.db ] || fail "derive wrote something"

# What a released recode is made of, and how, is known to the audit of the next release.
sed -i '/variable: said/d; /variable: lonely/d' derived
groups='  - {name: groups, title: G, dataset: survey, kind: table, outcome: age_group}'
with "$groups"
chain release BY=A WHY=first
crosses() { # WHAT
	if chain; then fail "a release went on after $1"; fi
	grep -q 'made of the same answers would tell of each other' log || { cat log; fail "another refusal after $1"; }
}
with "  - $age}"
crosses "a recode of its variable"
sed -i 's/when: age < 20/when: age < 21/' derived
with "$groups"
crosses "the same recode with another boundary"
sed -i 's/when: age < 21/when: age < 20/' derived
with "$groups"
chain
