# Sourced by real.sh: every response export of each platform, read with its profile and a dictionary that `describe` drafted.

# export|platform|responses, as its SOURCE.md counts them (of the small SPSS files, as PSPP does)|more of the export in the config|what describe is told besides
exports='
osmi-mental-health-in-tech-2014/survey.csv|plain|1259||
platform-jisc-online-surveys/results-for-idrc-surveyin-2021-03-05-0810.fr.csv|jisc|12||--form platform-jisc-online-surveys/results-for-idrc-surveyin-2020-11-06-1556-key.fr.csv
platform-jisc-online-surveys/results-for-idrc-surveyin-2021-03-05-0811.pt.csv|jisc|3||--form platform-jisc-online-surveys/results-for-idrc-surveyin-2020-11-06-1555-key.pt.csv
platform-kobo/raw_data.csv|kobo|632|delimiter: comma|--delimiter comma --form platform-kobo/xlsform_survey.csv --choices platform-kobo/xlsform_choices.csv
platform-limesurvey/rse-uk-2017/public_data.csv|limesurvey|253|delimiter: comma|--delimiter comma
platform-limesurvey/native-fixtures/survey_795779_R_data_file.csv|limesurvey|3|delimiter: comma|--delimiter comma
platform-qualtrics/qualtrics_raw.csv|qualtrics|100||
platform-redcap/checkboxes-1/data.csv|redcap|4||--form platform-redcap/checkboxes-1/dictionary.csv
platform-redcap/decimal-comma-and-dot/data.csv|redcap|4||--form platform-redcap/decimal-comma-and-dot/dictionary.csv
platform-redcap/longitudinal-with-repeating-instrument/data.csv|redcap|1848||--form platform-redcap/longitudinal-with-repeating-instrument/dictionary.csv
platform-redcap/potentially-problematic-values/data.csv|redcap|2||--form platform-redcap/potentially-problematic-values/dictionary.csv
platform-redcap/repeating-instruments/data.csv|redcap|6||--form platform-redcap/repeating-instruments/dictionary.csv
platform-redcap/repeating-instruments-sparse/data.csv|redcap|9||--form platform-redcap/repeating-instruments-sparse/dictionary.csv
platform-redcap/survey/data.csv|redcap|2||--form platform-redcap/survey/dictionary.csv
platform-redcap/validation-types-1/data.csv|redcap|1||--form platform-redcap/validation-types-1/dictionary.csv
platform-surveymonkey/StarWars.csv|surveymonkey|1186|encoding: windows-1252|--encoding windows-1252
spss-sav/efc_eurofamcare.sav|spss|908||
spss-sav/efc_eurofamcare.zsav|spss|908||
spss-sav/haven/datetime.sav|spss|2||
spss-sav/haven/iris.sav|spss|150||
spss-sav/haven/labelled-num-na.sav|spss|2||
spss-sav/haven/labelled-num.sav|spss|1||
spss-sav/haven/labelled-str.sav|spss|2||
spss-sav/haven/umlauts.sav|spss|4||
spss-sav/haven/variable-label.sav|spss|1||
spss-sav/pspp/horticulture.sav|spss|90||
spss-sav/pspp/hotel.sav|spss|17||
spss-sav/pspp/physiology.sav|spss|40||
spss-sav/pspp/repairs.sav|spss|30||
spss-sav/pyreadstat/hebrews.sav|spss|99||
spss-sav/pyreadstat/missing_char.sav|spss|2||
spss-sav/pyreadstat/missing_test.sav|spss|2||
spss-sav/pyreadstat/ordered_category.sav|spss|4||
spss-sav/pyreadstat/sample.sav|spss|5||
spss-sav/pyreadstat/sample.zsav|spss|5||
spss-sav/pyreadstat/sample.por|spss|5||
spss-sav/pyreadstat/sample_missing.sav|spss|7||
spss-sav/pyreadstat/simple_alltypes.sav|spss|6||
spss-sav/pyreadstat/tegulu.sav|spss|1||
spss-sav/pyreadstat/test_width.sav|spss|5||
'

# A draft is looked at before it is used; here nobody looks, and the marks are cleared.
draft() { # FOLDER ARGUMENTS...
	folder=$1
	shift
	(cd "$data" && "$bin/describe" --platforms "$root/data-dictionary/platforms" --output "$work/$folder" "$@") >"$folder.log" 2>&1 ||
		{ cat "$folder.log"; fail "describe refuses $*"; }
	for table in variables codes; do
		sed -i -E 's/(,|,")guessed[^",]*/\1looked at/' "$folder/$table.csv"
	done
}

ingest() { # NAME EXPORT PLATFORM MORE [FOLDER]
	cat >"$1.yaml" <<-END
		study: {name: $1, title: Real, synthetic: no, date: 2026-01-01}
		datasets:
		  - name: survey
		    kind: responses
		    unit: {name: respondent}
		    dictionary: $1
		    exports:
		      - {path: $2, platform: $3${4:+, $4}}
	END
	"$bin/ingest" --study "$1.yaml" --dataset survey --exports "${5:-$data}" --places "$root/data-dictionary/places.csv" \
		--platforms "$root/data-dictionary/platforms" --output "$1.db" >"$1.log" 2>&1
}

number=0
IFS='|'
while read -r export platform responses more options; do
	unset IFS
	if [ -n "$export" ]; then
		number=$((number + 1))
		# shellcheck disable=SC2086
		draft "export$number" --platform "$platform" $options "$export"
		ingest "export$number" "$export" "$platform" "$more" || { cat "export$number.log"; fail "ingest refuses $export"; }
		equal "responses of $export" "$(sqlite3 "export$number.db" 'SELECT rows + unreadable FROM source')" "$responses"
	fi
	IFS='|'
done <<END
$exports
END
unset IFS

# csv-spectrum: what each file says, by the JSON that comes with it. The files of lines that end in CR LF have lost their CRs
# where they are kept: they get them back.
mkdir spectrum
for json in "$data"/csv-suites/csv-spectrum/json/*.json; do
	name=$(basename "$json" .json)
	case $name in *_crlf) crlf='s/$/\r/' ;; *) crlf= ;; esac
	sed "$crlf" "$data/csv-suites/csv-spectrum/csvs/$name.csv" >"spectrum/$name.csv"
	draft "spectrum-$name" --platform plain "$work/spectrum/$name.csv"
	ingest "spectrum-$name" "spectrum/$name.csv" plain '' "$work"
	columns=$(sqlite3 "spectrum-$name.db" "SELECT group_concat(quote(header) || ', \"' || variable || '\"', ', ') FROM header WHERE variable IS NOT NULL")
	got=$(sqlite3 "spectrum-$name.db" "SELECT json_group_array(json_object($columns)) FROM answers ORDER BY row")
	equal "the cells of $name.csv" "$got" "$(sqlite3 :memory: "SELECT json(readfile('$json'))")"
done

# EUROFAMCARE: every number of the SPSS files, by the table that haven made of them.
for kind in sav zsav; do
	file=efc_eurofamcare.$kind
	draft "cells-$kind" --platform spss "spss-sav/$file"
	ingest "cells-$kind" "spss-sav/$file" spss '' || fail "ingest refuses $file"
	columns=$(sqlite3 "cells-$kind.db" "SELECT group_concat('(e.\"' || header || '\" IS NOT a.\"' || variable || '\")', ' + ') FROM header WHERE variable IS NOT NULL")
	different=$(sqlite3 "cells-$kind.db" ".import --csv $data/spss-sav/efc_eurofamcare.expected.csv e" \
		"SELECT count(*) || ' rows, '  || sum($columns) || ' cells of them otherwise' FROM e JOIN answers a ON a.row = e.rowid")
	equal "the cells of $file" "$different" "908 rows, 0 cells of them otherwise"
done

# Two that hold no response: refused, and told why.
draft forms --platform microsoft-forms platform-microsoft-forms/header-only.csv
! ingest forms platform-microsoft-forms/header-only.csv microsoft-forms '' || fail "a header without responses is ingested"
equal "why a header alone is refused" "$(sed -n 's/^error\[\(.*\)\].*/\1/p' forms.log)" file-no-rows
draft nothing --platform redcap --form platform-redcap/potentially-problematic-dictionary/dictionary.csv
! ingest nothing platform-redcap/potentially-problematic-dictionary/data.csv redcap '' || fail "an empty export is ingested"
equal "why an empty export is refused" "$(sed -n 's/^error\[\(.*\)\].*/\1/p' nothing.log)" file-empty

# A draft needs only labels and roles: with the area named, the drafted study passes the gate. (Of Kobo without its form,
# whose neighbourhoods the publisher gave other codes.)
runs() { # NAME AREA EXPORT PLATFORM MORE [OPTIONS...]
	name=$1 area=$2 export=$3 platform=$4 more=$5
	shift 5
	draft "$name" --platform "$platform" "$@" "$export"
	sqlite3 :memory: ".import --csv $name/variables.csv v" ".headers on" ".mode csv" "UPDATE v SET role = 'area' WHERE variable = '$area'" \
		"SELECT * FROM v" >edited && mv edited "$name/variables.csv"
	grep -q "^$area,.*,area," "$name/variables.csv" || fail "the draft of $export has no variable $area"
	ingest "$name" "$export" "$platform" "$more" &&
		"$bin/validate" --study "$name.yaml" --dataset survey --places "$root/data-dictionary/places.csv" \
			--instruments "$root/data-dictionary/instruments" --output "$name-v.db" "$name.db" >log 2>&1 &&
		"$bin/gate" --study "$name.yaml" --dataset survey --output "$name-g.db" "$name-v.db" >log 2>&1 ||
		{ cat log; fail "the drafted study of $export does not run"; }
	mkdir "$name-rows"
	ln "$name.db" "$name-rows/ingested.db"
	ln "$name-v.db" "$name-rows/validated.db"
	sh "$root/tests/studies/equation.sh" "$name-rows" >wrong || fail "$export: $(cat wrong)"
	passed=$((passed + 1))
}
runs osmi country osmi-mental-health-in-tech-2014/survey.csv plain ''
runs star-wars location_census_region platform-surveymonkey/StarWars.csv surveymonkey 'encoding: windows-1252' --encoding windows-1252
runs kobo neighbourhood platform-kobo/raw_data.csv kobo 'delimiter: comma' --delimiter comma
