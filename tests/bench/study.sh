# Sourced by run.sh and by tests/studies/test_flat_memory.sh: a study of any size, made up. Of 60 columns it has 200 checks:
# 28 types, 28 ranges, 29 code lists, 20 required answers, 2 patterns, a key and 92 rules over several answers.
#   make_study COLUMNS         study.yaml and its dictionary, in this folder
#   make_export ROWS COLUMNS   an export of it, to standard output. One row in five has something wrong with it
make_study() {
	cat >study.yaml <<-YAML
		study: {name: bench, title: Made up, synthetic: yes, date: 2026-03-31, key: a key that is no secret}
		datasets:
		  - {name: survey, kind: responses, unit: {name: respondent}, dictionary: dictionary, exports: [{path: export.csv}]}
		disclosure: {policy: bench-1, threshold: 3}
		publish: {publisher: Nobody}
	YAML
	mkdir -p dictionary
	awk -v columns="$1" 'BEGIN {
		print "variable,label,type,level,codes,min,max,pattern,required,role,disclosure,treat"
		print "id,Respondent,id,,,,,R[0-9]{7},yes,key,direct,pseudonym"
		print "area,Area,code,nominal,areas,,,,yes,area,quasi,"
		print "filled_in,Filled in,date,,,2026-01-01,2026-12-31,,yes,date,quasi,year"
		print "session,Session,id,,,,,S-[0-9]{4},,paradata,none,drop"
		print "likes,Likes,codes,nominal,likes,,,,,measure,none,"
		print "comment,Comment,text,,,,,,,free_text,sensitive,drop"
		for (i = 7; i <= columns; i++)
			printf "q%d,Question %d,%s,,%s,measure,none,\n", i, i,
				i % 2 ? "code,ordinal,scale,," : "integer,scale,,0,10", i <= 23 ? "yes" : ""
	}' >dictionary/variables.csv
	cat >dictionary/codes.csv <<-'CSV'
		list,code,label,as_exported,missing
		any,-99,Not answered,,not_answered
		areas,north,The North,,
		areas,south,The South,,
		areas,east,The East,,
		areas,west,The West,,
		likes,walk,Walking,,
		likes,read,Reading,,
		likes,sing,Singing,,
		scale,1,Never,Never,
		scale,2,Sometimes,Sometimes,
		scale,3,Often,Often,
		scale,4,Always,Always,
	CSV
	awk -v columns="$1" 'BEGIN {
		print "rule,severity,when,require,message"
		for (i = 8; i + 4 <= columns; i += 2)
			printf "sum_%d,warn,,q%d + q%d + q%d >= 1,not all three are 0\n", i, i, i + 2, i + 4
		for (i = 7; i + 3 <= columns - 6; i += 2)
			printf "always_%d,warn,q%d = 4 and q%d = 10,q%d > 1 or q%d > 0,not both at their least\n",
				i, i, i + 1, i + 2, i + 3
		for (i = 8; i + 6 <= columns - 4; i += 2)
			printf "north_%d,warn,area = \047north\047 and q%d = 10,q%d <> 0,not from most to least\n", i, i, i + 6
		for (i = 8; i + 2 <= columns - 8; i += 2)
			printf "walk_%d,warn,\"has(likes, \047walk\047) and filled_in >= \0472026-03-15\047\",%s,%s\n", i,
				"q" i " < 10 or q" i + 2 " < 10", "not both at their most"
	}' >dictionary/rules.csv
	echo 'headers,match,header,option,variable,values,ticked,unticked,note' >dictionary/headers.csv
}

make_export() {
	awk -v rows="$1" -v columns="$2" '
	function chance(n) { # minimal standard generator: no two people answer alike
		seed = (seed * 16807) % 2147483647
		return seed % n
	}
	function fault(i) { # instead of an answer: a blank, no answer of its kind, or one beyond its bounds
		return chance(3) == 0 ? "" : i % 2 ? "Perhaps" : chance(2) ? "seven" : "11"
	}
	BEGIN {
		seed = 42
		split("north south east west", area, " ")
		split("Never Sometimes Often Always", often, " ")
		split("walk|walk;read|sing|read;sing|", like, "|")
		printf "id,area,filled_in,session,likes,comment"
		for (i = 7; i <= columns; i++)
			printf ",q%d", i
		print ""
		for (row = 1; row <= rows; row++) {
			printf row % 89 ? "R%07d" : "R%04d", row % 97 ? row : row - 1
			printf ",%s", row % 79 == 0 ? "the sea" : row % 83 == 0 ? "" : area[row % 4 + 1]
			printf row % 71 == 0 ? ",2031-03-%02d" : row % 73 == 0 ? ",%d March" : ",2026-03-%02d", row % 28 + 1
			printf row % 67 ? ",S-%04d" : ",S%d", row % 10000
			printf ",%s%s,", like[row % 5 + 1], row % 61 ? "" : ";fly"
			if (row % 10 == 0)
				printf "\"I like it here, \"\"mostly\"\",\nbut not in winter (%d)\"", row
			wrong = row % 5 ? 0 : 7 + chance(columns - 6)
			for (i = 7; i <= columns; i++)
				if (i == wrong)
					printf ",%s", fault(i)
				else if (i > 23 && chance(31) == 0)
					printf ","
				else
					printf i % 2 ? "," often[chance(4) + 1] : "," chance(11)
			print ""
		}
	}'
}
