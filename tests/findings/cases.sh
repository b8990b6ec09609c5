# What makes each code, and what is almost the same and does not: CODE MAKES NEIGHBOUR [BESIDES [BESIDES_NEIGHBOUR]]. Sourced
# by run.sh, which has the functions. An ordinary export has no finding; so what differs between the two is the cause.

# --- files and headers ---

finding file-byte-order-mark 'printf "\357\273\277"; people 1 9' 'people 1 9'
finding file-line-ends 'people 1 5; people 6 9 | sed "1d; s/\$/\r/"' 'people 1 9 | sed "s/\$/\r/"'
finding file-converted 'config "path: export.csv, encoding: windows-1252"; people 1 9 | with 2 comment "$(printf "caf\351")"' \
	'people 1 9 | with 2 comment café'
finding file-preamble 'config "path: export.csv, skip: 1"; echo "Our survey"; people 1 9' 'people 1 9'
finding file-mojibake 'people 1 9 | with 2 comment "kanariÃ© cafÃ©"' 'people 1 9 | with 2 comment "kanarié café"'
finding file-char-lost 'people 1 9 | with 2 comment "caf�"' 'people 1 9 | with 2 comment "caf?"'
finding header-column-unknown 'people 1 9 | also more 1' 'people 1 9'
finding header-column-missing 'people 1 9 | without u9' 'people 1 9 | with "*" u9 ""'
finding header-duplicate 'people 1 9 | also more 1 | also more 2' 'people 1 9 | also more 1 | also most 2' header-column-unknown
finding header-blank 'people 1 9 | also "" 1' 'people 1 9 | also "." 1' '' header-column-unknown
finding header-hidden-char 'people 1 9 | sed "1s/age/age$(printf "\342\200\213")/"' 'people 1 9 | sed "1s/age/age /"'

# --- rows ---

finding row-fields 'people 1 9 | sed "4s/\$/,1/"' 'people 1 9 | with 3 comment "\"word,1\""'
finding row-blank 'people 1 5; echo; people 6 9 | sed 1d' 'people 1 5; people 6 9 | sed 1d'
finding row-quote-open 'people 1 9 | with 9 comment "\"word"' 'people 1 9 | with 9 comment "\"word\""'
finding row-quote-stray 'people 1 9 | with 9 comment "wo\"rd"' 'people 1 9 | with 9 comment "\"wo\"\"rd\""'
finding row-control-char 'people 1 9 | with 2 comment "wo^rd" | tr "^" "\000"' 'people 1 9 | with 2 comment "wo^rd" | tr "^" "\t"'
finding row-length 'people 1 9 | sed "3s/word/$(many 70000)/"' 'people 1 9 | sed "3s/word/$(many 60000)/"'
finding row-header-repeat 'people 1 5; people 6 9' 'people 1 5; people 6 9 | sed 1d'
for kind in preview incomplete:unfinished rejected:spam undecrypted:encrypted; do
	kinds="config 'path: export.csv, platform: toy'; people 1 9 | also Kind done"
	finding "row-${kind%:*}" "$kinds | with 3 Kind ${kind#*:}" "$kinds | with 3 Kind ${kind#*:}.done"
done
only_north='config "path: export.csv, where: [{column: area, values: [north]}]"; people 1 9 | with "*" area north'
finding row-elsewhere "$only_north | with 4 area south" "$only_north"
finding cell-line-end 'people 1 9 | with 2 region "$(printf "\"01\n\"")"' 'people 1 9 | with 2 comment "$(printf "\"wo\nrd\"")"' cell-space ''

# --- privacy and waves ---

finding privacy-column 'config "path: export.csv, platform: toy"; people 1 9 | also Kind done | also IP 192.0.2.1' \
	'config "path: export.csv, platform: toy"; people 1 9 | also Kind done | also IQ 192.0.2.1' '' header-column-unknown
finding privacy-contact 'people 1 9 | with 2 comment "write to me@cage.example"' 'people 1 9 | with 2 comment "write to me at cage.example"'
waves='config "path: 1.csv, wave: w1" "path: 2.csv, wave: w2"; people 1 60 >1.csv; people 61 120'
finding wave-column-gone "$waves | without u9 >2.csv" "$waves | with '*' u9 '' >2.csv" header-column-missing wave-nonresponse
finding wave-column-new "$waves | also more 1 >2.csv" "$waves | also more 1 >2.csv; people 1 60 | also more 1 >1.csv" header-column-unknown
worded='config "path: 1.csv, wave: w1, platform: worded" "path: 2.csv, wave: w2, platform: worded"
	people 1 9 | sed "1{p;s/,/?,/g}" >1.csv; people 10 19 | sed "1{p;s/,/?,/g}"'
finding wave-label-changed "$worded | sed '2s/height/How tall are you/' >2.csv" "$worded | sed '2s/height/ height/' >2.csv"
finding wave-code-new "$waves | with 5 region 03 >2.csv" "$waves | with 5 region 03 >2.csv; people 1 60 | with 5 region 03 >1.csv"
finding wave-shift "$waves | each height 1 20 >2.csv" "$waves | each height 1 2 >2.csv"
finding wave-nonresponse "$waves | with '*' u1 '' >2.csv" "$waves | with 1 u1 '' | with 2 u1 '' >2.csv"

# --- answers ---

finding cell-space 'people 1 9 | with 2 age " 41 "' 'people 1 9 | with 2 age 41'
finding cell-type 'people 1 9 | with 2 age forty' 'people 1 9 | with 2 age 40'
finding cell-range 'people 1 9 | with 2 age 121' 'people 1 9 | with 2 age 120'
finding cell-pattern 'people 1 9 | with 2 postcode ABC' 'people 1 9 | with 2 postcode AB1'
finding cell-code 'people 1 9 | with 2 sex other' 'people 1 9 | with 2 sex male'
finding cell-code-case 'people 1 9 | with 2 sex MALE' 'people 1 9 | with 2 sex male'
finding cell-label 'people 1 9 | with 2 sex "A man"' 'people 1 9 | with 2 sex "A woman"'
finding cell-date 'people 1 9 | with 2 born "in May"' 'people 1 9 | with 2 born 1990-05-01'
finding cell-missing-unlisted 'people 1 9 | with 2 age -7' 'people 1 9 | with 2 age -8'
finding cell-missing-declared 'config "path: export.csv, platform: spss"; "$tools/write_sav" export.csv 2 declared' \
	'config "path: export.csv, platform: spss"; "$tools/write_sav" export.csv 2 declared
	sed -i "s/^any,-99/any,-9/" ../dictionary/codes.csv' 'header-column-missing rule-unknowable'
finding cell-multi-exclusive 'people 1 9 | with 2 hobbies "walk;none"' 'people 1 9 | with 2 hobbies "walk;read"'
finding cell-digit 'people 1 9 | with 2 age ４１' 'people 1 9 | with 2 age 41'
finding cell-not-finite 'people 1 9 | with 2 height NaN' 'people 1 9 | with 2 height ""'
finding cell-number-format 'people 1 9 | with 2 height "\"170,5\""' 'people 1 9 | with 2 height 170.5'
finding cell-excel-number 'people 1 9 | with 2 height 1.7E+02' 'people 1 9 | with 2 height 170'
finding cell-excel-date 'people 1 9 | with 2 age 03-Apr' 'people 1 9 | with 2 age 34'
finding cell-excel-error 'people 1 9 | with 2 height "#REF!"' 'people 1 9 | with 2 height ""'
finding cell-excel-zeros 'people 1 9 | with 2 region 1' 'people 1 9 | with 2 region 01'
of_days='config "path: export.csv, dates: dmy"; people 1 9'
days='sed -E "s/([0-9]{4})-([0-9]{2})-([0-9]{2})/\3\/\2\/\1/g"'
finding cell-date-ambiguous "$of_days | $days" "$of_days | with 2 born 1990-05-13 | $days"
finding cell-date-impossible 'people 1 9 | with 2 born 1990-02-29' 'people 1 9 | with 2 born 1992-02-29'
finding cell-date-sentinel 'people 1 9 | with 2 born 1900-01-01' 'people 1 9 | with 2 born 1901-01-02'
finding cell-hidden-char 'people 1 9 | with 2 comment "wo$(printf "\342\200\213")rd"' 'people 1 9 | with 2 comment wørd'
finding cell-formula 'people 1 9 | with 2 comment "=1+1"' 'people 1 9 | with 2 comment "1+1=2"'

# --- respondents and their keys ---

finding row-required 'people 1 9 | with 2 area ""' 'people 1 9 | with 2 area south'
finding key-duplicate-row 'people 1 9; people 4 4 | sed 1d' 'people 1 9; people 10 10 | sed 1d'
finding key-conflict 'people 1 9 | with 2 id P001' 'people 1 9 | with 2 id P010'
finding key-unique 'people 1 9 | with 2 email p1@cage.example' 'people 1 9 | with 2 email p10@cage.example'
finding key-near 'people 1 9 | with 2 id p001' 'people 1 9 | with 2 id p010'
finding key-foreign-closed 'people 1 9 | with 2 council D' 'people 1 9 | with 2 council D | with 2 completed 2026-01-31'
finding key-foreign-outside 'people 1 9 | with 2 council C' 'people 1 9 | with 2 council B'
finding row-no-answers 'people 1 9 | blank 2' 'people 1 9 | blank 2 | with 2 age 40' '' 'person-missing-most rule-unknowable'
finding row-withdrawn 'people 1 9 | with 2 consent no' 'people 1 9 | with 2 consent yes'

# --- routes and rules ---

finding route-unexpected 'people 1 9 | with 3 hours 5 | with 3 job 0' 'people 1 9 | with 3 hours 5 | with 3 job 1'
finding route-unanswered 'people 1 9 | with 3 hours "" | with 3 job 1' 'people 1 9 | with 3 hours "" | with 3 job 0'
finding route-reason 'people 1 9 | with 3 hours -8 | with 3 job 0' 'people 1 9 | with 3 hours -8 | with 3 job 1'
finding rule-broken 'people 1 9 | with 3 age 15' 'people 1 9 | with 3 age 16'
finding rule-unknowable 'people 1 9 | with 3 age ""' 'people 1 9 | with 2 age ""'

# --- signs of careless answers ---

finding person-fast 'people 1 40 | with 2 took 30' 'people 1 40 | with 2 took 50'
straight='people 1 9 | with 2 t1 2 | with 2 t2 2 | with 2 t3 2 | with 2 t4 2 | with 2 t5 2'
finding person-straight-line "$straight | with 2 t6 2" "$straight | with 2 t6 1"
most='with 2 u1 "" | with 2 u2 "" | with 2 u3 "" | with 2 u4 "" | with 2 u5 "" | with 2 u6 "" | with 2 u7 "" | with 2 u8 "" | with 2 u9 ""'
finding person-missing-most "people 1 9 | $most | with 2 t1 '' | with 2 t2 '' | with 2 t3 ''" "people 1 9 | $most"
twin='people 1 9; people 4 4 | sed "1d; s/^P004/P010/; s/p4@/p10@/"'
finding person-duplicate-answers "$twin" "$twin | sed 's/,[0-9]*,[0-9]*,word/,0,10,word/'"

# --- instruments and their keys: the neighbours are cured as docs/findings.md says ---

items='people 1 60'
read_as() { # VALUES: how the export's numbers of all items stand for the instrument's
	sed -i 's/^\(t[1-6],[^,]*\),integer,\([^,]*\),\([^,]*\),,\([^,]*\),0,3/\1,code,\2,\3,toy,\4,,/' ../dictionary/variables.csv
	printf 'toy,%s,Answer %s,,,\n' 0 0 1 1 2 2 3 3 >>../dictionary/codes.csv
	for item in $1; do
		echo "plain,name,${item%%:*},,${item%%:*},$(echo "${item#*:}" | tr ' ' ';'),," >>../dictionary/headers.csv
	done
}
turn='0=3;1=2;2=1;3=0'
finding scale-reversed "$items | each t3 -1 3" "$items | each t3 -1 3; read_as 't3:$turn'"
finding scale-reversed "$items | each t2 -1 3" "$items | each t2 -1 3; read_as 't2:$turn'" person-straight-line ''
finding scale-reversed "$items | each t3 -1 3" 'people 1 29 | each t3 -1 3'
three="$items | each t3 -1 3 | each t4 -1 3 | each t5 -1 3"
finding scale-alpha-negative "$three" "$items | each t3 -1 3" scale-reversed
finding scale-alpha-negative "$three" "$three; read_as 't3:$turn t4:$turn t5:$turn'" scale-reversed ''
raised="$items | each t1 1 1 | each t2 1 1 | each t3 1 1 | each t4 1 1 | each t5 1 1 | each t6 1 1"
lower='1=0;2=1;3=2;4=3'
finding scale-shifted "$raised" "$raised; read_as 't1:$lower t2:$lower t3:$lower t4:$lower t5:$lower t6:$lower'" cell-range ''
finding scale-shifted "$raised" "$raised | with 1 t1 0 | with 2 t2 0 | with 3 t3 0 | with 4 t4 0 | with 5 t5 0 | with 6 t6 0" cell-range
