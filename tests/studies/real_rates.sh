# Sourced by real.sh: the Department for Education's statistics on care leavers, made into rates by local authority.
rates="$data/dfe-ees-care-leavers"
chain STUDY=dfe-care-leavers EXPORTS="$rates"
tables=out/dfe-care-leavers/release/tables

# The file's rows of authorities, counted by another program; those of the two that were closed are set aside, and told.
for dataset in activity:la_care_leavers_activity.2024-2025.csv accommodation:la_care_leavers_accommodation_suitability.csv; do
	db="out/dfe-care-leavers/restricted/${dataset%%:*}/validated.db"
	file="$rates/${dataset#*:}"
	equal "rows of authorities in ${dataset%%:*}" "$(sqlite3 "$db" "SELECT sum(rows) FROM account WHERE status <> 'elsewhere'")" "$(grep -c ',Local authority,' "$file")"
	equal "rows of closed authorities in ${dataset%%:*}" "$(sqlite3 "$db" "SELECT sum(rows) FROM account WHERE status = 'set_aside'")" "$(grep -c -e ',E10000006,' -e ',E10000021,' "$file")"
	equal "what is found in ${dataset%%:*} beyond its columns" \
		"$(sqlite3 "$db" "SELECT group_concat(code, ' ') FROM (SELECT DISTINCT code FROM finding WHERE code NOT LIKE 'header-%' AND code NOT LIKE 'file-%' AND code NOT LIKE 'row-elsewhere' ORDER BY code)")" \
		"key-foreign-closed row-required"
	equal "symbols of ${dataset%%:*} as reasons" \
		"$(sqlite3 -separator ' ' "out/dfe-care-leavers/restricted/${dataset%%:*}/deidentified.db" "SELECT reason, count(*) FROM missing GROUP BY reason ORDER BY reason" | tr '\n' ' ')" \
		"$(grep ',Local authority,' "$file" | grep -v -e ',E10000006,' -e ',E10000021,' | awk -F, '{ n[$(NF - 1)]++; n[$NF]++ } END { if (n["k"]) printf "low %d ", n["k"]; printf "not_applicable %d suppressed %d ", n["z"], n["c"] }')"
done

# Bedford, Luton and Milton Keynes by hand: the two counts from the file, the share and Wilson's limits by awk.
by_hand() { # FILE EVENTS BASE YEAR CODE
	awk -v events="$2" -v base="$3" -v year="$4" -v code="$5" '
		index($0, year ",") == 1 && index($0, "," code ",19 to 21 years,") {
			count = $0; sub(/,[^,]*$/, "", count); sub(/.*,/, "", count)
			if (index($0, "," events ",") || index($0, ",\"" events "\",")) x = count
			if (index($0, "," base ",")) n = count
		}
		END { z = 1.959963984540054; h = z * sqrt(z * z + 4 * x * (1 - x / n)); d = 2 * (n + z * z)
			printf "%d,%d,%.1f,%.1f,%.1f", n, x, 100 * x / n, 100 * (2 * x + z * z - h) / d, 100 * (2 * x + z * z + h) / d }' "$1"
}
for code in E06000055 E06000032 E06000042; do
	equal "activity of $code" "$(grep "^area,$code," $tables/activity.csv | cut -d, -f4-8)" \
		"$(by_hand "$rates/la_care_leavers_activity.2024-2025.csv" "Total in education, employment or training" "Total" 2025 $code)"
	equal "accommodation of $code" "$(grep "^area,$code," $tables/accommodation.csv | cut -d, -f4-8)" \
		"$(by_hand "$rates/la_care_leavers_accommodation_suitability.csv" "Accommodation considered suitable" "Suitability total" 2025 $code)"
done

# Every figure of every authority again by R: intervals, funnels, overdispersion, random intercept, trend.
command -v Rscript >/dev/null || fail "R computes the figures again, and is not here: make deps-dev"
again() { # ANALYSIS FILE BASE EVENTS FIGURES
	sqlite3 -header -csv out/dfe-care-leavers/restricted/compared.db "
		SELECT statistic || ' ' || coalesce(area, '') || ' ' || coalesce(across, '')
			|| CASE WHEN statistic = 'between_areas_sd' THEN ' ' || category ELSE '' END || ' ' || name AS key, value
		FROM result JOIN figure USING (result)
		WHERE analysis = '$1' AND value IS NOT NULL AND NOT (area IS NULL AND statistic IN ('benchmark', 'count', 'events', 'share'))" >figures.csv
	equal "figures of $1 that R has too" "$(Rscript "$root/tests/studies/rates.R" "$rates/$2" "$3" "$4" figures.csv 2>&1)" "$5 figures agree"
}
again activity la_care_leavers_activity.2024-2025.csv "Total" "Total in education, employment or training" 3653
again accommodation la_care_leavers_accommodation_suitability.csv "Suitability total" "Accommodation considered suitable" 6086

standardised() { # ANALYSIS EVENTS METHOD FIGURES
	sqlite3 -header -csv out/dfe-care-leavers/restricted/compared.db "
		SELECT statistic || ' ' || coalesce(area, '') || ' ' || coalesce(across, '') || ' ' || name AS key, value
		FROM result JOIN figure USING (result) WHERE analysis = '$1' AND value IS NOT NULL" >figures.csv
	equal "figures of $1 that R has too" \
		"$(Rscript "$root/tests/studies/standardised.R" "$rates/la_care_leavers_activity.2024-2025.csv" "$2" $3 figures.csv 2>&1)" "$4 figures agree"
}
standardised activity-by-age "Total in education, employment or training" direct 1513
standardised neet-by-age "Total not in education, employment or training" indirect 2822

# What the publisher suppressed stands as its symbol, and nothing of ours is hidden.
suppressed=$(awk -F, '/^2025,/ && /,Local authority,/ && /,19 to 21 years,Accommodation considered suitable,c,c$/' "$rates/la_care_leavers_accommodation_suitability.csv" | wc -l)
equal "suppressed shares" "$(grep -c '^area,.*,\[c\],\[c\],\[c\],' $tables/accommodation.csv)" "$suppressed"
equal "cells that are hidden" "$(sqlite3 out/dfe-care-leavers/restricted/protected.db "SELECT count(*) FROM decision WHERE status <> 'shown'")" 0

# What docs/statistics.md shows of them is what is released.
sed '/^## Published estimates/,$d' "$root/docs/statistics.md" | grep -E '^area,E060000(55|32|42),' >shown
equal "lines that docs/statistics.md shows" "$(wc -l <shown)" 6
cat $tables/activity.csv $tables/activity.funnel.csv >all
while IFS= read -r line; do
	grep -Fxq -e "$line" all || fail "docs/statistics.md shows another line than the release: $line"
done <shown
passed=$((passed + 1))
equal "Bedford's standardised rate, as docs/statistics.md has it" "$(grep '^area,E06000055,' $tables/activity-by-age.csv | cut -d, -f4-7)" 184,112,60.9,60.6
