#!/bin/sh
# Each code of docs/findings.md, made by an export and not made by one that is almost the same: run.sh BIN [CODE...].
# The cases stand in cases.sh. Every code that `findings codes` names must have one, and no other code may.
. tests/studies/place.sh
here=$root/tests/findings
tools=$(cd "$(dirname "$1")/test" && pwd)
begin "$1"
for program in "$bin/ingest" "$bin/validate" "$tools/findings" "$tools/write_sav"; do
	[ -x "$program" ] || fail "$program is not built"
done
shift
only=" $* "
ran=0 failed=0
LC_ALL=C
export LC_ALL
cp -R "$here/instruments" "$here/platforms" "$here/places.csv" .
cp "$root/data-dictionary/platforms/plain.yaml" "$root/data-dictionary/platforms/spss.yaml" platforms/

# --- what the exports are written with ---

# Respondents who answer as most do, from number FIRST to LAST: no finding is made about them. Under their header.
people() { # FIRST LAST
	awk -v first="$1" -v last="$2" '
		function some(r, k, n) { return (r * 7919 + k * 104729 + r * r * k) % 9973 % n }
		function near(l, r, k) { l += some(r, k, 3) - 1; return l < 0 ? 0 : l > 3 ? 3 : l }
		BEGIN {
			print "id,consent,area,council,completed,age,height,postcode,region,sex,born,hobbies,job,hours,email,took," \
				"t1,t2,t3,t4,t5,t6,u1,u2,u3,u4,u5,u6,u7,u8,u9,comment"
			for (r = first; r <= last; r++) {
				l = some(r, 40, 4)
				printf "P%03d,yes,%s,%s,2026-02-02,%d,%d,AB%d,0%d,%s,1990-%02d-%02d,%s,%d,%s,p%d@cage.example,%d", r,
					r % 2 ? "north" : "south", r % 2 ? "A" : "B", 20 + some(r, 1, 50), 150 + some(r, 2, 40), r % 10,
					1 + some(r, 3, 2), some(r, 4, 2) ? "male" : "female", 1 + some(r, 5, 12), 1 + some(r, 6, 12),
					some(r, 7, 2) ? "walk" : "walk;read", r % 2, r % 2 ? 10 + some(r, 8, 30) : "", r, 110 + some(r, 9, 20)
				for (k = 1; k <= 6; k++)
					printf ",%d", k == 2 ? 3 - near(l, r, 20 + k) : near(l, r, 20 + k)
				for (k = 1; k <= 9; k++)
					printf ",%d", some(r, 60 + k, 11)
				print ",word"
			}
		}'
}

# What comes in, with another VALUE in a COLUMN, in the ROW of that number or in all (*); a value as the file writes it.
with() { # ROW COLUMN VALUE
	row=$1 column=$2 value=$3 awk -F, -v OFS=, '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == ENVIRON["column"]) at = i; if (!at) exit 1 }
		NR > 1 && (ENVIRON["row"] == "*" || NR - 1 == ENVIRON["row"]) { $at = ENVIRON["value"] }
		{ print }'
}

# Every number of a COLUMN, times TIMES and PLUS more.
each() { # COLUMN TIMES PLUS
	awk -F, -v OFS=, -v column="$1" -v times="$2" -v plus="$3" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i; if (!at) exit 1 }
		NR > 1 { $at = $at * times + plus }
		{ print }'
}

also() { # COLUMN VALUE: one more column
	column=$1 value=$2 awk -F, -v OFS=, '{ print $0, NR == 1 ? ENVIRON["column"] : ENVIRON["value"] }'
}

without() { # COLUMN
	awk -F, -v OFS=, -v column="$1" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i; if (!at) exit 1 }
		{ line = ""; for (i = 1; i <= NF; i++) if (i != at) line = line (line == "" ? "" : OFS) $i; print line }'
}

# A row that says only who, where and when.
blank() { # ROW
	awk -F, -v OFS=, -v row="$1" 'NR - 1 == row { for (i = 1; i <= NF; i++) if (i == 4 || (i > 5 && i != 16)) $i = "" } { print }'
}

many() { # COUNT
	head -c "$1" /dev/zero | tr '\0' x
}

# The config, where it is another than that of one export export.csv: a line for each export.
config() { # EXPORT...
	{
		cat <<-YAML
			study: {name: findings, title: Findings, synthetic: yes, date: 2026-03-31, key: a key that is no secret, areas: [A, B, D]}
			datasets:
			  - name: survey
			    kind: responses
			    unit: {name: respondent}
			    dictionary: dictionary
			    exports:
		YAML
		printf '      - {%s}\n' "$@"
		echo 'disclosure: {policy: findings-1, threshold: 3}'
		echo 'publish: {publisher: Nobody}'
	} >../study.yaml
}

# --- one case ---

stage() { # PROGRAM ARGUMENTS...
	program=$1
	shift
	"$bin/$program" --study study.yaml --dataset survey --places ../places.csv "$@" 2>stderr ||
		{ echo "$program: $(head -n 3 stderr)"; return 1; }
}

# The codes found in the export that COMMANDS write, in order.
codes() { # COMMANDS
	rm -rf case
	mkdir -p case/exports
	cp -R "$here/dictionary" case/
	cd case/exports
	config 'path: export.csv'
	eval "$1" >../made || { echo "the export cannot be written"; return; }
	[ -n "$(ls -A .)" ] || mv ../made export.csv
	cd ..
	stage ingest --platforms ../platforms --exports exports --output ingested.db &&
		stage validate --instruments ../instruments --output validated.db ingested.db &&
		sh "$root/tests/studies/equation.sh" . &&
		sqlite3 validated.db "SELECT group_concat(code, ' ') FROM (SELECT DISTINCT code FROM finding ORDER BY code)"
}

sorted() {
	printf '%s\n' "$@" | tr ' ' '\n' | sed '/^$/d' | sort -u | tr '\n' ' ' | sed 's/ $//'
}

# The commands that write an export in which CODE is found, and those that write a NEIGHBOUR in which it is not. Nothing
# else is found in either, but what is named behind them: in both, or in the first and in the neighbour.
finding() { # CODE MAKES NEIGHBOUR [BESIDES [BESIDES_NEIGHBOUR]]
	told="$told $1"
	case "$only" in '  ' | *" $1 "*) ;; *) return 0 ;; esac
	ran=$((ran + 1))
	for side in makes neighbour; do
		if [ $side = makes ]; then
			commands=$2 wanted=$(sorted "$1" "${4:-}")
		else
			commands=$3 wanted=$(sorted "${5-${4:-}}")
		fi
		got=$(codes "$commands") || :
		[ "$got" = "$wanted" ] && continue
		failed=$((failed + 1))
		printf 'FAILED %s, what %s: %s\n    wanted  %s\n    got     %s\n' "$1" \
			"$([ $side = makes ] && echo 'makes it' || echo 'does not')" "$commands" "$wanted" "$got"
	done
}

told=
. "$here/cases.sh"
printf '%s\n' $told | sort -u >has
"$tools/findings" codes | sort >wants
if ! diff has wants >difference; then
	sed -n 's/^> /FAILED no case for the code /p; s/^< /FAILED a case for a code that nothing makes: /p' difference
	failed=$((failed + 1))
fi
echo "$ran pairs of exports, $failed findings not as they should be"
[ "$failed" -eq 0 ] && [ "$ran" -gt 0 ]
