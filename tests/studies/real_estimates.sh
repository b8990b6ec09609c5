# Sourced by real.sh: the Office for National Statistics' estimates of anxiety by local authority, against England's.
estimates="$data/ons-personal-wellbeing-la"
chain STUDY=ons-wellbeing EXPORTS="$estimates"
wellbeing=out/ons-wellbeing
file="$estimates/anxiety.csv"

# The rows of counties, unitary authorities, metropolitan districts and London boroughs, counted by another program; names may hold commas.
equal "rows of authorities" "$(sqlite3 $wellbeing/restricted/anxiety/validated.db "SELECT sum(rows) FROM account WHERE status = 'accepted'")" \
	"$(grep -cE '^[^,]*,[^,]*,[^,]*,E(06|08|09|10)' "$file")"
equal "rows without an estimate" "$(sqlite3 $wellbeing/restricted/anxiety/deidentified.db "SELECT count(*) FROM missing WHERE variable = 'anxiety'")" \
	"$(grep -E '^[^,]*,[^,]*,[^,]*,E(06|08|09|10)' "$file" | grep -cE ',[xu]$')"
equal "what is found beyond columns and rows elsewhere" \
	"$(sqlite3 $wellbeing/restricted/anxiety/validated.db "SELECT count(*) FROM finding WHERE code NOT IN ('header-column-unknown', 'row-elsewhere')")" 0

# Every figure again by R.
sqlite3 -header -csv $wellbeing/restricted/compared.db "
	SELECT statistic || ' ' || coalesce(area, '') || ' ' || coalesce(across, '') || ' ' || name AS key, value
	FROM result JOIN figure USING (result) WHERE value IS NOT NULL AND NOT (area IS NULL AND statistic = 'benchmark')" >figures.csv
equal "figures of anxiety that R has too" "$(Rscript "$root/tests/studies/estimates.R" "$file" figures.csv 2>&1)" "8625 figures agree"
equal "England over the years" "$(grep '^total,' $wellbeing/release/tables/anxiety.series.csv | cut -d, -f4-15)" \
	"$(grep ',E92000001,' "$file" | sort -t, -k2 | awk -F, '{ printf "%s%.2f", (NR > 1 ? "," : ""), $7 } END { print "" }')"

# What docs/statistics.md shows of them is what is released.
sed -n '/^## Published estimates/,/^## Control charts/p' "$root/docs/statistics.md" | grep -E '^area,' >shown
equal "lines of estimates that docs/statistics.md shows" "$(wc -l <shown)" 6
cat $wellbeing/release/tables/anxiety.csv $wellbeing/release/tables/anxiety.shrunken.csv >all
while IFS= read -r line; do
	grep -Fxq -e "$line" all || fail "docs/statistics.md shows another line than the release: $line"
done <shown
passed=$((passed + 1))
