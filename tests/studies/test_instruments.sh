#!/bin/sh
# An instrument is one file and no C: that of docs/instruments.md, written out of the page into a study of its own, gives the scores that
# the page shows. And what derive records of scores, and refuses.
. tests/studies/place.sh
begin "$1"
page=$root/docs/instruments.md

# <!-- file: PATH --> and the fenced block after it: that file.
awk '/^<!-- file: .* -->$/ { path = $3; next }
	path && /^```/ { if (inside) { close(path); path = "" } inside = !inside; next }
	inside { print > path }' "$page"
[ -s data-dictionary/instruments/settled.yaml ] && [ -s items.csv ] && [ -s answers.csv ] || fail "docs/instruments.md shows no instrument"

dictionary=data-dictionary/mine/survey
mkdir -p "$dictionary" exports/mine canvass-keys
cp answers.csv exports/mine/
{
	cat items.csv
	echo 'id,Respondent,id,,,,,,'
} | awk -F, -v OFS=, 'NR == 1 { print $0, "required", "unique", "role", "disclosure", "treat"; next }
	$1 == "id" { print $0, "yes", "yes", "key", "direct", "pseudonym"; next } { print $0, "", "", "", "", "" }' >"$dictionary/variables.csv"
printf 'list,code,label,as_exported,missing\nany,-98,Prefer not to say,,refused\n' >"$dictionary/codes.csv"
printf 'rule,severity,when,require,message\n' >"$dictionary/rules.csv"
printf 'headers,match,header,variable\n' >"$dictionary/headers.csv"
study() {
	cat >configs/mine.yaml <<END
study: {name: mine, title: An instrument of one's own, synthetic: yes, date: 2026-04-30, key: a key that is long enough for a test}
datasets:
  - name: survey
    kind: responses
    unit: {name: respondent}
    dictionary: $dictionary
    exports: [{path: answers.csv}]
    limits: [{finding: blank, per_cent: 100}, {finding: reject, per_cent: 100}]
$1
END
}
derived=out/mine/restricted/survey/derived.db
derive() {
	chain STUDY=mine "$derived"
}
ask() {
	sqlite3 "$derived" "$1"
}

study '    scores: [settled_prorated]'
derive
sed -n 's/^<!-- prints: \(.*\) -->$/\1/p' "$page" >command
[ "$(wc -l <command)" = 1 ] || fail "the page shows not one result"
awk '/^<!-- prints: / { wait = 1; next } wait && /^```/ { wait = 0; inside = 1; next } inside && /^```/ { exit } inside' "$page" >expected
sh ./command >got
diff -u expected got || fail "docs/instruments.md shows other scores than derive makes"

# The reason that the missing items share, and of each score by its own items.
[ "$(ask "SELECT group_concat(row || ' ' || variable || ' ' || missing, ', ') FROM (SELECT * FROM unscored ORDER BY row, variable)")" = \
	"3 settled not_answered, 3 settled_band not_answered, 4 settled refused, 4 settled_band refused, 4 settled_prorated refused" ] \
	|| fail "other reasons: $(ask 'SELECT * FROM unscored')"
# What a sum adds up, with what is turned; a band adds nothing.
[ "$(ask "SELECT group_concat(score || ' ' || position || ' ' || variable || ' ' || reversed || ' ' || least || ' ' || most, ', ')
	FROM (SELECT * FROM derived_item WHERE score = 'settled' ORDER BY position)")" = \
	"settled 1 home 0 0.0 3.0, settled 2 street 0 0.0 3.0, settled 3 moving 1 0.0 3.0, settled 4 plans 0 0.0 3.0" ] || fail "other items"
[ "$(ask "SELECT count(DISTINCT score) FROM derived_item")" = 2 ] || fail "a band has items"
[ "$(ask "SELECT group_concat(variable, ' ') FROM (SELECT variable FROM derived ORDER BY position)")" = "settled settled_band settled_prorated" ] || fail "other scores"
[ "$(ask "SELECT type || least || most FROM derived WHERE variable = 'settled'")" = number0.012.0 ] || fail "another range"

# What is on request is not made unasked.
study ''
derive
[ "$(ask "SELECT group_concat(name, ' ') FROM pragma_table_info('scores')")" = "row settled settled_band" ] || fail "more scores than asked for"

# A score that there is not.
study '    scores: [settled_prorate]'
if derive >said; then fail "an unknown score was made"; fi
grep -q 'name `settled_prorate`, which no instrument' said && grep -q 'did you mean settled_prorated?' said || fail "what it said: $(cat said)"

# Shipped instruments the same way: a variable for each item, one row of the least answers and one of the most, and all scores asked for.
shipped=0
for file in data-dictionary/instruments/*.yaml; do
	awk -v OFS=, '
		BEGIN { print "variable", "label", "type", "level", "min", "max", "instrument", "item", "required", "unique", "role", "disclosure", "treat"
			print "id", "R", "id", "", "", "", "", "", "yes", "yes", "key", "direct", "pseudonym" }
		/^instrument: / { name = $2 }
		/^items: \[/ { inside = 1; sub(/^items: \[/, "") }
		inside { line = $0; last = sub(/\].*/, "", line); gsub(/ /, "", line); n = split(line, keys, ",")
			for (i = 1; i <= n; i++) if (keys[i] != "") items[++count] = keys[i]; if (last) inside = 0 }
		/^least: / { least = $2 } /^most: / { most = $2 }
		/^  - \{items: .*least: / && /ranges|least: 0, most: 4/ { text = $0; sub(/.*\[/, "", text); sub(/\].*/, "", text); gsub(/ /, "", text)
			m = split(text, some, ","); for (i = 1; i <= m; i++) own[some[i]] = 4 }
		END { for (i = 1; i <= count; i++) print "v_" items[i], "Item " i, "integer", "ordinal", least, (items[i] in own) ? own[items[i]] : most, name, items[i], "", "", "", "", "" }' \
		"$file" >"$dictionary/variables.csv"
	items=$(($(wc -l <"$dictionary/variables.csv") - 2))
	{
		sed 1d "$dictionary/variables.csv" | cut -d, -f1 | paste -sd, -
		sed 1d "$dictionary/variables.csv" | cut -d, -f6 | sed '1s/.*/A/' | paste -sd, -
		sed 1d "$dictionary/variables.csv" | cut -d, -f5 | sed '1s/.*/B/' | paste -sd, -
	} >exports/mine/answers.csv
	study "    scores: [$(grep -oE 'variable: [a-z0-9_]+' "$file" | sed 's/variable: //' | paste -sd, -)]"
	derive
	shipped=$((shipped + 1))
	[ "$(ask 'SELECT count(*) FROM scores')" = 2 ] && [ "$(ask 'SELECT count(*) FROM unscored')" = 0 ] \
		&& [ "$(ask 'SELECT count(*) FROM derived')" = "$(grep -cE 'variable: [a-z0-9_]+' "$file")" ] || fail "$file: not every score of $items items was made"
done
[ "$shipped" -ge 11 ] || fail "only $shipped instruments were tried"

# Answers of 1 to 4 where the instrument counts 0 to 3: a code list, and in headers.csv what each number of the export stands for.
items='gad7_1 gad7_2 gad7_3 gad7_4 gad7_5 gad7_6 gad7_7'
{
	echo 'variable,label,type,level,codes,instrument,item,required,unique,role,disclosure,treat'
	echo 'id,R,id,,,,,yes,yes,key,direct,pseudonym'
	for item in $items; do echo "v_$item,V $item,code,ordinal,often,gad7,$item,,,,,"; done
} >"$dictionary/variables.csv"
printf 'list,code,label\noften,0,Never\noften,1,Some days\noften,2,Most days\noften,3,Every day\n' >"$dictionary/codes.csv"
{
	echo 'headers,match,header,variable,values'
	for item in $items; do echo "plain,name,v_$item,v_$item,1=0; 2=1; 3=2; 4=3"; done
} >"$dictionary/headers.csv"
printf 'id,%s\nA,1,1,1,1,1,1,1\nB,4,4,4,4,4,4,4\nC,1,2,3,4,1,2,3\n' "$(for item in $items; do echo "v_$item"; done | paste -sd, -)" >exports/mine/answers.csv
study ''
derive
[ "$(ask "SELECT group_concat(gad7, ' ') FROM (SELECT gad7 FROM scores ORDER BY row)")" = "0.0 21.0 9.0" ] || fail "shifted answers are scored as $(ask 'SELECT gad7 FROM scores')"
