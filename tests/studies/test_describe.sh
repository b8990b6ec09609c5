#!/bin/sh
# A draft of describe needs only its marks cleared, and a role or two, to run: exports in the shapes of three platforms.
. tests/studies/place.sh
begin "$1"
mkdir exports drafts

# A plain table as an analyst saves it: NA for nothing, dates day first, a key, an e-mail address for each.
awk 'BEGIN {
	print "Person ID,Completed,Age,Borough,Mood,Rating,Sees friends,E-mail,Remarks"
	split("Good,Very good,Bad,Don\047t know,NA", mood, ",")
	split("Luton,Bedford,Milton Keynes", borough, ",")
	for (i = 1; i <= 90; i++)
		printf("P%03d,%02d/03/2026,%s,%s,%s,%s,%s,p%d@example.org,%s\n", i, i % 28 + 1, i % 17 ? 18 + i % 60 : "NA",
			borough[i % 3 + 1], mood[i % 5 + 1], i % 9 ? i % 6 : -99, i % 2 ? "Yes" : "No", i,
			i % 30 ? "" : "\"A remark " i ", with a comma, and \"\"quotes\"\" that goes on for a while to be long\"")
}' >exports/plain.csv

# SurveyMonkey: two header rows, boxes that hold their own text, a matrix, another encoding.
awk 'BEGIN {
	print "Respondent ID,IP Address,Where do you live?,Which of these do you use?,,,How are you?,,Anything else?"
	print ",,Response,Caf\351 & tea,None of these,Other (please specify),At home,At work,Open-Ended Response"
	split("Luton,Bedford,Milton Keynes", borough, ",")
	split("Very well,Well,\"Not well, really\",N/A", how, ",")
	for (i = 1; i <= 90; i++)
		printf("30000%05d,192.0.2.%d,%s,%s,%s,%s,%s,%s,%s\n", i, i, borough[i % 3 + 1], i % 3 ? "Caf\351 & tea" : "",
			i % 3 ? "" : "None of these", i % 30 ? "" : "a garden of " i, i % 2 ? "Very well" : "\"Not well, really\"",
			i % 5 ? "Well" : "N/A", i % 20 ? "" : "words")
}' >exports/monkey.csv

# KoboToolbox: semicolons, codes in one cell and boxes beside it, a group, times with a zone.
awk 'BEGIN {
	print "\"start\";\"hh/ward\";\"hh/people\";\"needs\";\"needs/food\";\"needs/rent\";\"needs/other\";\"needs_other\";\"deviceid\";\"_uuid\""
	split("north,south,east", ward, ",")
	for (i = 1; i <= 90; i++)
		printf("\"2026-03-%02dT10:00:00.000+01:00\";\"%s\";\"%d\";\"%s\";\"%d\";\"%d\";\"%d\";\"%s\";\"d%d\";\"u%d\"\r\n", i % 28 + 1,
			ward[i % 3 + 1], i % 7, (i % 2 ? "food" : "") (i % 3 ? " rent" : "") (i % 6 ? "" : " other"), i % 2, i % 3 > 0, i % 6 == 0,
			i % 6 ? "" : "a thing " i, i, i)
}' >exports/kobo.csv

# describe NAME AREA [OPTION...]: draft, look at what is told, try to run it, clear the marks, give the area its role, run it.
run() {
	name=$1 area=$2
	shift 2
	case $name in plain) platform=plain ;; monkey) platform=surveymonkey ;; kobo) platform=kobo ;; esac
	"$bin"/describe --platform $platform --platforms data-dictionary/platforms --output drafts/$name "$@" exports/$name.csv >told
	[ "$(stat -c %a drafts/$name drafts/$name/codes.csv | tr '\n' ' ')" = "700 600 " ] || fail "$name: others can read the draft"
	for answer in example.org 192.0.2 Luton north 'A remark'; do
		! grep -qF "$answer" told || fail "$name: stdout holds an answer"
	done
	for answer in example.org 192.0.2 'A remark' 'a garden' 'a thing'; do
		! grep -rqF "$answer" drafts/$name || fail "$name: the draft holds $answer"
	done
	if "$bin"/describe --platform $platform --platforms data-dictionary/platforms --output drafts/$name "$@" exports/$name.csv >log 2>&1; then
		fail "$name: a draft was overwritten"
	fi

	mkdir -p exports/$name data-dictionary/$name
	mv exports/$name.csv exports/$name/
	cp -R drafts/$name data-dictionary/$name/survey
	{
		sed -e "s/^  name: demo$/  name: $name/" -e 's/^  areas: .*//' -e '/^decisions:/d' -e '/^datasets:/,$d' configs/demo.yaml
		cat <<-END
			datasets:
			  - name: survey
			    kind: responses
			    unit: {name: respondent, plural: respondents}
			    dictionary: data-dictionary/$name/survey
		END
		sed -n '/^    exports:/,/^$/p' told | sed 's/path: /&/'
		cat <<-END
			analyses:
			  - {name: who, title: Who answered, dataset: survey, kind: share, outcome: $area}
		END
		sed -n '/^disclosure:/,$p' configs/demo.yaml
	} >configs/$name.yaml

	if make -f pipeline/chain.mk bin="$bin" STUDY=$name validate >log 2>&1; then
		fail "$name: a dictionary that is marked as guessed was taken"
	fi
	grep -q guessed log || fail "$name: $(cat log)"

	sed -i -e "/^$area,/s/,,,,,guessed/area,,,,,guessed/" -e 's/guessed/looked at/' data-dictionary/$name/survey/variables.csv
	sed -i 's/guessed/looked at/' data-dictionary/$name/survey/codes.csv
	grep -q "^$area,.*,area,,,,,looked" data-dictionary/$name/survey/variables.csv || fail "$name: no variable $area"
	chain STUDY=$name validate || fail "$name: the draft does not run"
	findings=out/$name/restricted/survey/report/findings.csv
	[ -f $findings ] || fail "$name: no findings.csv"
	! grep -E 'cell-(type|code|label|date|code-case|missing|range|line)' $findings || fail "$name: cells fail the draft"
	! grep -m 3 -E ',reject,' $findings || fail "$name: rows are set aside"
}

has() { # NAME FILE PATTERN
	grep -qE "$3" data-dictionary/$1/survey/$2.csv || fail "$1: $2.csv has no $3"
}

run plain borough
grep -q '^        dates: dmy$' told || fail "plain: the order of the dates is not told"
grep -q '1 looks like a direct identifier.*: e_mail' told || fail "plain: the e-mail addresses are not told"
has plain variables '^person_id,.*,id,.*,yes,.*,key,'
has plain variables '^completed,.*,date,'
has plain variables '^rating,.*,integer,.*,missing,,0,'
has plain variables '^e_mail,.*,text,.*,direct,drop,'
has plain codes '^missing,-99,.*,not_answered,'
has plain codes '^any,NA,'
has plain codes "^mood,dont_know,Don't know,Don't know,dont_know,"

run monkey where_do_you_live --encoding windows-1252
grep -q '^        encoding: windows-1252$' told || fail "monkey: the encoding is not told"
grep -q 'dropped by the platform.s profile: IP Address' told || fail "monkey: what is dropped is not told"
has monkey variables '^respondent_id,.*,id,.*,key,'
has monkey headers '^surveymonkey,.*,cafe_and_tea,'
has monkey codes ',none_of_these,None of these,,,yes,'
has monkey variables '^how_are_you_at_work,At work,.*,code,'

run kobo hh_ward
has kobo variables '^needs,.*,codes,'
has kobo variables '^hh_people,.*,integer,'
has kobo variables '^needs_other,.*,text,.*,free_text,'
has kobo variables '^q_uuid,|^uuid,'
! grep -q 'needs/food' data-dictionary/kobo/survey/headers.csv || fail "kobo: the boxes are named beside the cell"
! grep -q deviceid data-dictionary/kobo/survey/variables.csv || fail "kobo: the device is named"
