#!/bin/sh
# A study with hostile words in every place where words can stand, through the whole chain: ids, answers, headers, the export's
# name, and the dictionary's and config's own words. Whatever is written is read by parsers of its format, and nothing in it is
# active; what a respondent wrote (each such text holds the word KANARIE) stands in nothing that is shared, in no message
# and in no file's name.
. tests/studies/place.sh
begin "$1"
study=words
own=data-dictionary/words/survey
mkdir -p $own exports/words
file="=cmd <i>& 'q'.csv"

# --- the dictionary: hostile words, none of them a respondent's ---

cat >$own/variables.csv <<'CSV'
variable,label,question,type,level,codes,missing,min,max,required,unique,asked_if,role,disclosure,treat,unit,domain,note
id,"=1+1 <b>Id</b>",,id,,,,,,yes,,,key,direct,pseudonym,,,
area,"Area</title><script>say(1)</script>","""><img src=x onerror=say(2)>",code,nominal,areas,,,,yes,,,area,quasi,,,,"=cmd|' /C calc'!A0"
mood,"-2+3 <svg onload=say(3)> {{title}} & &amp; ""quoted"" 'single'","@SUM(A1) ]]> --> </question> | a \| b",code,nominal,moods,,,,,,,measure,none,,,,"+note <script>"
age,"=HYPERLINK(""http://e.example"";""age"")","[link](javascript:say(4)) ![i](http://e.example/p.png) `code` **b**",integer,scale,,,0,120,,,,measure,quasi,,"<years> & =","=domain",
nick,"$\input{/etc/passwd}$ \textbf{%} # _ ~ ^","'; DROP TABLE answers; --",text,,,,,,,,mood = 'low',free_text,direct,drop,,,
mail,E-mail,,text,,,,,,,yes,,free_text,direct,drop,,,
CSV
cat >$own/codes.csv <<'CSV'
list,code,label,as_exported,missing
areas,north,"=North <b>&</b>",1,
areas,south,"+South ""{{n}}"" </td><script>say(5)</script>",2,
areas,east,"@East' | \| `x` <!-- ",3,
moods,low,"-Low <script>say(6)</script>",1,
moods,high,"=High|' /C calc'!A0 & ]]>",2,
any,-99,"<i>Rather not",,refused
CSV
cat >$own/rules.csv <<'CSV'
rule,severity,when,require,message,limit
young,warn,mood = 'low',age < 90,"=1 <script>say(7)</script> ""message"" ]]> {{code}}",100
CSV
cat >$own/headers.csv <<'CSV'
headers,match,header,variable
plain,name,"=Id <script>say(8)</script>",id
plain,name,"Area ""q"" & ]]>",area
plain,name,mood,mood
plain,name,age,age
plain,name,nick,nick
plain,name,mail,mail
CSV
cat >configs/words.yaml <<YAML
study: {name: words, title: "=Title <script>say(9)</script> \"q\" & {{version}} | \\\\ \$x\$ ]]>", synthetic: yes, date: 2026-03-31, key: no secret}
datasets:
  - name: survey
    kind: responses
    unit: {name: respondent, plural: "respondents <b>&"}
    dictionary: data-dictionary/words/survey
    exports:
      - path: "$file"
    limits:
      - {finding: reject, per_cent: 50}
      - {finding: blank, per_cent: 50}
analyses:
  - {name: mood, title: "=Mood </h1><script>say(10)</script> ]]>\n\\\\input{/etc/passwd}", dataset: survey, kind: table, outcome: mood, note: "+Note <img src=x onerror=say(11)> [l](javascript:say(12)) | \\\\ {{n}}"}
  - {name: low, title: "@Low | \\\\textbf{x} % & #", dataset: survey, kind: share, outcome: mood, codes: [low], filter: age < 100, population: "-under <i>100</i> & \"q\""}
disclosure: {policy: words-1, threshold: 3}
publish: {publisher: "=Nobody <script>say(13)</script>", contact: "<a href=javascript:say(14)>me</a>", source: "+Source & ]]> \"q\" \\\\ {{x}}", licence: "@None <b>"}
YAML

# --- the export: hostile answers in every role; each is somebody's ---

awk -v hostile="<script>say('KANARIE')</script>
=cmd|' /C calc'!KANARIE
+KANARIE(1)
-2+3 KANARIE
@SUM(KANARIE)
\"\"><img src=x onerror=KANARIE>
'; DROP TABLE answers; --KANARIE
{{title}} KANARIE &lt;b&gt; &amp;
]]> --> </script> KANARIE
\\\\input{/KANARIE} | a \\\\| b [x](javascript:KANARIE)
\342\200\256KANARIE\342\200\213\302\240
\t=KANARIE
%s%n KANARIE \\\\u0000 \\\\n" 'BEGIN {
	count = split(hostile, words, "\n")
	print "\"=Id <script>say(8)</script>\",\"Area \"\"q\"\" & ]]>\",mood,age,nick,mail,\"=more <script>say(15)</script> ]]>\""
	for (i = 1; i <= 120; i++) {
		word = words[i % count + 1]
		id = i % 3 ? "KANARIE" i : word i
		area = i % 17 ? i % 3 + 1 : word
		mood = i % 13 ? i % 2 + 1 : word
		age = i % 11 ? 20 + i % 70 : word
		printf("\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",\"%s\"\n", id, area, mood, age, word, i % 19 ? i "@KANARIE.example" : word, word)
	}
	print "\"" words[1] "\",1,1"
	print "\"\001KANARIE\",1,1,30,a,b,c"
	print "KANARIE7,2,1,33,again,other,"
}' >"exports/words/$file"

if ! make -f pipeline/chain.mk bin="$bin" STUDY=words >log 2>&1; then
	cat log
	fail "the chain stopped"
fi
add_up
out=out/words/restricted/survey
release=out/words/release

# --- what it was made for has come about: hostile answers in many findings, and tables with hostile words that are shown ---

kinds=$(sqlite3 $out/validated.db "SELECT count(DISTINCT code) FROM finding WHERE value LIKE '%KANARIE%' OR key LIKE '%KANARIE%'")
[ "$kinds" -ge 6 ] || fail "hostile answers are in the findings of $kinds codes only"
for page in $out/report/index.html $out/report/findings.csv $out/report/findings.jsonl; do
	grep -q KANARIE $page || fail "$page holds none of the hostile answers: nothing is tried"
done
[ "$(sqlite3 out/words/restricted/withheld.db "SELECT count(*) FROM figure WHERE printed IS NOT NULL")" -gt 20 ] || fail "the release shows next to nothing"

# --- what a respondent wrote is in nothing that is shared ---

for shared in $release $out/codebook out/words/restricted/plan log out/words/restricted/compared.db \
	out/words/restricted/withheld.db out/words/restricted/audited.db $out/report/findings.sarif; do
	! grep -raiq KANARIE "$shared" || fail "what a respondent wrote stands in $shared"
done
[ -z "$(find out -iname '*KANARIE*')" ] || fail "a file is named by an answer"
! grep -raq 'say(15)\|=more' $release log || fail "a header that no dictionary names is shared"
[ ! -e pwned ] || fail "a name was run"

# --- parsers ---

find $release $out/report $out/codebook -type f | LC_ALL=C sort >files
if command -v python3 >/dev/null; then
	xargs -d '\n' python3 "$root/tests/studies/harmless.py" <files >read || { cat read; fail "something written is not harmless"; }
	[ "$(wc -l <read)" -eq "$(wc -l <files)" ] || fail "not every file was read"
	# What it is there for, it finds: each of these has one thing wrong.
	planted() { # NAME WORDS
		printf '%s' "$2" >"planted.$1"
		if python3 "$root/tests/studies/harmless.py" "planted.$1" >found; then fail "no fault is found in $2"; fi
	}
	for wrong in '<p onclick="a()">a</p>' '<p><script>a</script></p>' '<a href="javascript:a()">a</a>' '<p>a' '<p>a</b></p>' '<!-- a -->'; do
		planted html "$wrong"
	done
	for wrong in 'a,b
=1+1,2' 'a,b
1' 'a
"-x"' 'a
@x'; do
		planted csv "$wrong"
	done
	planted json '{"a": "b}'
	planted jsonl '{"a": 1}{"b": 2}'
	planted xml '<a>&b;</a>'
	planted md 'a <b>c</b>'
	planted md '[a](javascript:b)'
	planted tex '\\input{a}'
	planted tex 'a } b'
	planted txt "$(printf 'a\001b')"
fi
# The same without another language: no markup but our own, valid JSON, no formula.
tag='<script|<img|<svg|<i>|<a href=.?javascript|<b>(Id|&)|onerror=say\([0-9]+\)>|on[a-z]+=.?KANARIE>'
while read -r path; do
	case $path in
	*.html | *.xml) ! grep -aqE "$tag" "$path" || fail "$path: markup that is not ours: $(grep -aoE ".{30}($tag)" "$path" | head -2)" ;;
	*.json | *.sarif) [ "$(sqlite3 :memory: "SELECT json_valid(CAST(readfile('$path') AS TEXT))")" = 1 ] || fail "$path is no JSON" ;;
	*.csv) ! tr -d '\r' <"$path" | grep -aqE '(^|,)"?[=@]' || fail "$path: a field that a spreadsheet would run" ;;
	esac
	! LC_ALL=C grep -aq "$(printf '[\001-\010\013\014\016-\037\177]')" "$path" || fail "$path: a control character"
done <files
