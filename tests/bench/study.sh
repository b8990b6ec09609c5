# Sourced by run.sh and by tests/studies/test_flat_memory.sh: a study of any size, made up.
#   make_study COLUMNS         study.yaml and its dictionary, in this folder
#   make_export ROWS COLUMNS   an export of it, to standard output. One row in a hundred has something wrong with it
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
		print "variable,label,type,level,codes,min,max,required,role,disclosure,treat"
		print "id,Respondent,id,,,,,yes,key,direct,pseudonym"
		print "area,Area,code,nominal,areas,,,yes,area,quasi,"
		print "filled_in,Filled in,date,,,,,,date,quasi,year"
		print "likes,Likes,codes,nominal,likes,,,,measure,none,"
		print "comment,Comment,text,,,,,,free_text,sensitive,drop"
		for (i = 6; i <= columns; i++)
			print "q" i ",Question " i (i % 2 ? ",code,ordinal,scale,,,,measure,none," : ",integer,scale,,0,10,,measure,none,")
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
	echo 'rule,severity,when,require,message' >dictionary/rules.csv
	echo 'headers,match,header,option,variable,values,ticked,unticked,note' >dictionary/headers.csv
}

make_export() {
	awk -v rows="$1" -v columns="$2" '
	function chance(n) { # minimal standard generator: no two people answer alike
		seed = (seed * 16807) % 2147483647
		return seed % n
	}
	BEGIN {
		seed = 42
		split("north south east west", area, " ")
		split("Never Sometimes Often Always", often, " ")
		split("walk|walk;read|sing|read;sing|", like, "|")
		printf "id,area,filled_in,likes,comment"
		for (i = 6; i <= columns; i++)
			printf ",q%d", i
		print ""
		for (row = 1; row <= rows; row++) {
			printf "R%07d,%s,2026-03-%02d,%s,", row, area[row % 4 + 1], row % 28 + 1, like[row % 5 + 1]
			if (row % 10 == 0)
				printf "\"I like it here, \"\"mostly\"\",\nbut not in winter (%d)\"", row
			for (i = 6; i <= columns; i++)
				if (row % 100 == 0 && i == 6)
					printf ",seven"
				else if (chance(31) == 0)
					printf ","
				else
					printf i % 2 ? "," often[chance(4) + 1] : "," chance(11)
			print ""
		}
	}'
}
