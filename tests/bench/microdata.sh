#!/bin/sh
# How fast the rooms of risk and anonymise are, by records and by how many values are missing: microdata.sh BIN. Records of 8
# keys: with how many others each agrees, special uniques over all 255 sets of keys, and local suppression for k = 3. The
# least of three rounds, in seconds that the processor worked; ratios are to 10,000 records without a missing value. Then the
# programs themselves, on analysis tables of such people of whose values one in twenty is missing, with k = 3 on all keys and 5
# on every two; ratios are to 10,000 people.
set -eu
bin=$(cd "$1" && pwd)
tools=$(cd "$(dirname "$1")/test" && pwd)
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C

for size in '10000 0' '10000 5' '1000 0' '31623 0' '100000 0' '100000 5'; do
	for round in 1 2 3; do
		# shellcheck disable=SC2086 # two words
		"$tools/microdata" $size
	done
done | awk '
	!(($1, $2) in below) { order[++n] = $1 SUBSEP $2 }
	{
		below[$1, $2] = $3; blanked[$1, $2] = $4
		for (i = 5; i <= 7; i++)
			if (!(($1, $2, i) in least) || $i < least[$1, $2, i]) least[$1, $2, i] = $i
	}
	END {
		printf "%8s %10s %8s %8s %18s %18s %18s\n", "records", "missing %", "below 3", "blanked", "who agrees s", "SUDA2 s", "suppression s"
		for (o = 1; o <= n; o++) {
			split(order[o], at, SUBSEP)
			printf "%8d %10s %8d %8d", at[1], at[2], below[at[1], at[2]], blanked[at[1], at[2]]
			for (i = 5; i <= 7; i++)
				printf " %9.3f %8s", least[at[1], at[2], i], sprintf("(%.1f)", least[at[1], at[2], i] / least["10000", "0", i])
			print ""
		}
	}'

# --- the programs ---

make_people() {
	awk -v rows="$1" '
		function chance(n) { seed = (seed * 16807) % 2147483647; return int(seed / 2147483647 * n) }
		function value(k) { return chance(20) == 0 ? "NULL" : 1 + int(chance(1000) * chance(1000) / 1e6 * codes[k]) }
		BEGIN {
			seed = 7
			split("152 10 3 9 6 18 2 6", codes, " ")
			print "CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, area INTEGER, weight REAL, pseudonym TEXT, k2, k3, k4, k5, k6, k7, k8, answer);"
			for (k = 1; k <= 8; k++) {
				printf "INSERT INTO variable VALUES (\047%s\047, %d, \047Key %d\047, NULL, \047code\047, \047nominal\047, NULL, NULL, NULL, \047quasi\047, NULL, NULL, 1, NULL, \047%s\047);\n", k == 1 ? "area" : "k" k, k, k, k == 1 ? "area" : ""
				for (c = 1; c <= codes[k]; c++)
					if (k == 1) printf "INSERT INTO area VALUES (%d, \047A%03d\047, \047Area %d\047);\n", c, c, c
					else printf "INSERT INTO code VALUES (\047k%d\047, %d, \047c%d\047, \047Code %d\047);\n", k, c, c, c
			}
			print "INSERT INTO variable VALUES (\047answer\047, 9, \047Answer\047, NULL, \047code\047, \047binary\047, NULL, NULL, NULL, \047sensitive\047, NULL, NULL, 1, NULL, \047\047);"
			print "INSERT INTO code VALUES (\047answer\047, 1, \047yes\047, \047Yes\047), (\047answer\047, 2, \047no\047, \047No\047);"
			for (i = 1; i <= rows; i++) {
				printf "INSERT INTO respondents VALUES (%d, %s, NULL, NULL", i, value(1)
				for (k = 2; k <= 8; k++) printf ", %s", value(k)
				printf ", %d);\n", 1 + chance(2)
			}
		}' >people.sql
	{
		echo 'BEGIN;'
		cat "$root/pipeline/sql/schema/common.sql" "$root/pipeline/sql/schema/deidentified.sql"
		cat people.sql
		echo "INSERT INTO unit VALUES ('person', 'people', 1, 0);"
		echo "PRAGMA application_id = $((0x43616e76)); PRAGMA user_version = 1; COMMIT;"
	} >whole.sql
	sed -i "s/^INSERT INTO unit/INSERT INTO provenance VALUES ('stage', 'deidentify'), ('dataset', 'survey');\nINSERT INTO unit/" whole.sql
	rm -f deidentified.db
	sqlite3 deidentified.db <whole.sql >/dev/null
}

cat >study.yaml <<'YAML'
study: {name: bench, title: Made up, synthetic: yes, date: 2026-03-31, key: a key that is no secret}
datasets: [{name: survey, kind: responses, unit: {name: person, plural: people}, dictionary: nowhere}]
microdata:
  - dataset: survey
    access: safeguarded
    keys: [area, k2, k3, k4, k5, k6, k7, k8]
    k: 3
    fraction: 0.1
    subsets: [{size: 2, k: 5}]
YAML
printf '\n%-10s %8s %10s %18s %10s\n' program people missing% 'CPU s' 'peak MiB'
for size in 10000 1000 31623 100000; do
	make_people "$size"
	for program in risk anonymise; do
		"$tools/peak" spent "$bin/$program" --study study.yaml --dataset survey --output "$program.out" deidentified.db >log 2>&1 || { cat log >&2; exit 1; }
		awk -v name=$program -v size="$size" '{ print name, size, $3, $2 / 1024 }' spent
	done
done | awk '
	!($1 in base) { base[$1] = $3 }
	{ printf "%-10s %8d %10d %9.2f %8s %10.1f\n", $1, $2, 5, $3, sprintf("(%.1f)", $3 / base[$1]), $4 }'
