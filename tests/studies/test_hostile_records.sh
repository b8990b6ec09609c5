#!/bin/sh
# Hostile words in every place that a file of records and redacted texts have: answers, labels, titles, the roster, decisions,
# the config's own words. Two files leave, one under signature and one for everybody; whatever is written of them is read by
# parsers of its format, and nothing in it is active. What a respondent wrote (KANARIE) stands in the steward's texts only.
. tests/studies/place.sh
begin "$1"
own=data-dictionary/words
mkdir -p $own exports/words steward/words
rlo=$(printf '\342\200\256')

cat >$own/variables.csv <<CSV
variable,label,question,type,level,codes,missing,min,max,required,role,disclosure,treat,unit,microdata,domain,note
id,"=1+1 <b>Id</b>",,id,,,,,,yes,key,direct,pseudonym,,,,
area,"Area</title><script>say(1)</script>","""><img src=x onerror=say(2)>",code,nominal,areas,,,,yes,area,quasi,,,,,"=cmd|' /C calc'!A0"
mood,"-2+3 <svg onload=say(3)> {{title}} & &amp; ""quoted"" 'single'","@SUM(A1) ]]> | a \| b",code,nominal,moods,,,,,measure,quasi,,,,,"+note <script>"
age,"=HYPERLINK(""http://e.example"";""age"")${rlo}","[link](javascript:say(4))",integer,scale,,,0,120,,measure,quasi,,"<years> & =",bands:30 60,"=domain",
told,"@SUM(1)
=2nd line, with a comma","'; DROP TABLE answers; --",code,nominal,told,,,,,measure,sensitive,,,,,
many,"=cmd|' /C calc'!A0",,codes,nominal,told,,,,,measure,none,,,,,
comment,"=Comment <script>say(6)</script>","+1 <img src=x onerror=say(7)>",text,,,,,,,free_text,sensitive,redact,,,,
CSV
cat >$own/codes.csv <<CSV
list,code,label,as_exported,missing,broader
areas,north,"=North <b>&</b>",1,,
areas,south,"+South ""{{n}}"" </td><script>say(5)</script>",2,,
areas,east,"@East' | \| \`x\` <!-- ",3,,
moods,low,"-Low <script>say(6)</script>",1,,
moods,high,"=High|' /C calc'!A0 & ]]>",2,,
told,yes,"@SUM(1) ${rlo}",1,,
told,no,"=1+1
+second line",2,,
told,other,"	=tab",3,,
any,-99,"<i>Rather not",,refused,
CSV
echo rule,severity,when,require,message >$own/rules.csv
{ echo headers,match,header,variable; for name in id area mood age told many comment; do echo "plain,name,$name,$name"; done; } >$own/headers.csv
cat >steward/words/roster.csv <<CSV
kind,name,also,note
person,"=cmd|' /C calc'!Zebulon","<script>say(20)</script>;@SUM(Zeb)","+note"
worker,"<img src=x onerror=say(21)>",,
placement,"Quiet ""House"", ${rlo}Zzz","@Quiet",
CSV
cat >steward/words/decisions.csv <<CSV
finding,dataset,decision,value,by,when,why,until
text-phone:comment,survey,redact,,"=A <script>say(22)</script>",2026-03-01,"@why <img src=x onerror=say(23)>",
text-email,survey,keep,,"+B",2026-03-01,"=1+1",
text-vehicle,survey,keep,,"-C <b>",2026-03-01,"matches nothing <script>say(24)</script>",
CSV
study() { # access
	cat >configs/words.yaml <<YAML
study: {name: words, title: "‮=Title <script>say(9)</script> \"q\" & {{version}} | \\\\ \$x\$ ]]>", synthetic: yes, date: 2026-03-31, key: no secret}
roster: steward/words/roster.csv
decisions: steward/words/decisions.csv
datasets:
  - name: survey
    kind: responses
    unit: {name: respondent, plural: "respondents <b>&"}
    dictionary: data-dictionary/words
    exports: [{path: answers.csv}]
    derived:
      - {variable: dull, label: "=Dull <script>say(25)</script>", codes: [{code: "no", label: "@No", when: "mood = 'high'"}, {code: "yes", label: "+Yes <b>"}]}
analyses:
  - {name: mood, title: "=Mood", dataset: survey, kind: share, outcome: mood}
disclosure: {policy: words-1, threshold: 3}
microdata:
  - {dataset: survey, access: $1, keys: [area, mood, age], sensitive: [told], k: 3}
publish: {publisher: "=Nobody <script>say(13)</script>", contact: "<a href=javascript:say(14)>me</a>", source: "+Source & ]]> \"q\"", licence: "@None <b>"}
YAML
}

# --- answers, with one of 60,000 bytes: each text is somebody's, and has a telephone number, or a name of the roster, so that there is something to find ---

awk -v hostile="<script>say('KANARIE')</script>
=cmd|' /C calc'!KANARIE
+KANARIE(1)
-2+3 KANARIE
@SUM(KANARIE)
\"\"><img src=x onerror=KANARIE>
'; DROP TABLE answers; --KANARIE
{{title}} KANARIE &lt;b&gt; &amp;
]]> --> </script> KANARIE
\342\200\256KANARIE\342\200\213\302\240
\t=KANARIE
=1+1\n=KANARIE, \"\"a\"\"\r\n@b
=cmd|' /C calc'!Zebulon KANARIE <img src=x onerror=say(21)>
[phone 1] KANARIE [person =1+1]
=KANARIE@KANARIE.example.org" 'BEGIN {
	count = split(hostile, words, "\n")
	sub(/=1\+1$/, "=1+1\n=KANARIE, \"\"a\"\"\r\n@b", words[12])
	print "id,area,mood,age,told,many,comment"
	for (i = 1; i <= 180; i++) {
		word = words[i % count + 1]
		long = ""
		if (i == 90) { for (j = 0; j < 4286; j++) long = long "<b>KANARIE=1+1"; }
		print "P" i "," i % 3 + 1 "," i % 2 + 1 "," 20 + i * 7 % 60 "," int(i / 6) % 3 + 1 "," i % 3 + 1 ",\"" word (i % 2 ? " 07700 900" 100 + i : " =1+1@e" i ".example.org") long "\""
	}
}' >exports/words/answers.csv

survey=out/words/restricted/survey
for access in safeguarded public; do
	study $access
	if ! chain STUDY=words >said; then cat said; fail "the chain stopped"; fi
	case $access in
	safeguarded) left=out/words/safeguarded/survey ;;
	public) left=out/words/release/microdata-survey ;;
	esac

	# what it was made for has come about: many things are found, by hostile names too, and hostile labels leave
	[ "$(sqlite3 $survey/scanned.db "SELECT count(*) > 200 AND count(DISTINCT type) >= 5 FROM found")" = 1 ] || fail "next to nothing was found in the texts"
	for steward in index.html found.csv; do
		grep -q KANARIE $survey/text/$steward || fail "the steward does not see the words in $steward"
	done
	grep -q 'say(5)' $left/codebook.csv && grep -q 'say(5)' $left/index.html || fail "no hostile label leaves: nothing is tried"
	grep -aq 'say(5)' $left/survey.sav || fail "no hostile label is in the .sav"

	# what a respondent wrote, and whom the roster names
	for shared in out/words/release out/words/restricted/plan $survey/codebook $survey/risk $survey/risk-after $survey/derived.db $survey/deidentified.db \
		$survey/anonymised.db out/words/restricted/disclosure out/words/restricted/compared.db out/words/restricted/withheld.db \
		out/words/restricted/audited.db $left log; do
		! grep -raiqE 'KANARIE|Zebulon' "$shared" || fail "what a respondent wrote stands in $shared"
	done
	[ -z "$(find out -iname '*KANARIE*')" ] || fail "a file is named by an answer"

	# parsers
	find out/words/release $left $survey/text $survey/risk $survey/risk-after $survey/codebook out/words/restricted/disclosure -type f ! -name '*.sav' |
		LC_ALL=C sort -u >files
	if command -v python3 >/dev/null; then
		xargs -d '\n' python3 "$root/tests/studies/harmless.py" <files >read || { cat read; fail "something written is not harmless"; }
		[ "$(wc -l <read)" -eq "$(wc -l <files)" ] || fail "not every file was read"
		printf '<p>\342\200\256a</p>' >planted.html
		if python3 "$root/tests/studies/harmless.py" planted.html >found; then fail "a mark of direction is not found"; fi
	fi
	# The same without another language: no markup but our own, valid JSON, no formula.
	tag='<script|<img|<svg|<i>|<a href=.?javascript|<b>(Id|&|KAN)|onerror=say\([0-9]+\)>'
	while read -r path; do
		case $path in
		*.html) ! grep -aqE "$tag" "$path" || fail "$path: markup that is not ours: $(grep -aoE ".{30}($tag)" "$path" | head -2)" ;;
		*.json) [ "$(sqlite3 :memory: "SELECT json_valid(CAST(readfile('$path') AS TEXT))")" = 1 ] || fail "$path is no JSON" ;;
		esac
	done <files
done

# What everybody gets is what deposit wrote, and nothing else that lies in its folder by now.

publish() { "$bin/publish" --study configs/words.yaml --output again out/words/restricted/withheld.db out/words/restricted/audited.db "$@" >said 2>&1; }
refused() { # CODE OPERAND...
	code=$1
	shift
	if publish "$@"; then fail "published with $*, where $code was to be said"; fi
	grep -q "error\[$code\]" said && [ ! -e again ] || { cat said; fail "refused by something else than $code, or not wholly"; }
}
whole=$survey/records
secret=$(pwd)/exports/words/answers.csv
for damage in ': >damaged/survey.csv' 'rm damaged/survey-missing.csv' 'ln -sf "$secret" damaged/survey.csv' 'cp "$secret" damaged/notes.csv' \
	'echo >>damaged/statement.txt'; do
	rm -rf damaged
	cp -r $whole damaged
	eval "$damage"
	refused records-changed survey=damaged
done
refused records-of-another-file other=$whole
refused usage survey=$whole survey=$whole
publish survey=$whole || fail "refused as it was made"
