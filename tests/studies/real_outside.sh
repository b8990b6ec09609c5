# Sourced by real.sh: what the Department for Education hides of care leavers' activity, attacked.
equal "its counts" "$(tail -n +2 "$data/dfe-ees-care-leavers/la_care_leavers_activity.2024-2025.csv" | wc -l)" 8016
outside="$bin/outside --describe configs/outside/dfe-activity.yaml --exports $data/dfe-ees-care-leavers --output outside.db"
$outside || fail "DfE's file cannot be read"
equal "groups that it counts" "$(sqlite3 outside.db 'SELECT count(*) FROM cell')" 7260
equal "hidden ones, by another program" "$(awk -F, '$(NF - 1) == "c"' "$data/dfe-ees-care-leavers/la_care_leavers_activity.2024-2025.csv" | wc -l)" \
	"$(sqlite3 outside.db "SELECT count(*) FROM result WHERE status = 'hidden'")"
if "$bin/audit" --output outside-audited.db outside.db 2>said; then fail "the attack found nothing"; fi
# docs/attack.md tells these numbers
equal "what the attack finds" "$(sqlite3 audit-failed.db "SELECT group_concat(verdict || ' ' || n, ', ')
	FROM (SELECT verdict, count(*) AS n FROM interval GROUP BY verdict ORDER BY verdict)")" "below_reach 473, recovered 6, safe 956, too_narrow 262"
# By subtraction alone, in one sum of one authority, another program tells so many to be below six; the attack knows the regions too.
cat >subtract.sql <<-'SQL'
	CREATE TABLE sums (total, part);
	INSERT INTO sums VALUES ('Total', 'Total in education, employment or training'),
		('Total', 'Total not in education, employment or training'), ('Total', 'Total information not known'),
		('Total in education, employment or training', 'Higher education i.e. studies beyond A level'),
		('Total in education, employment or training', 'Education other than higher education'),
		('Total in education, employment or training', 'In an apprenticeship'),
		('Total in education, employment or training', 'In training or employment (excl. apprenticeship)'),
		('Total not in education, employment or training', 'Not in education, training or employment, owing to illness or disability'),
		('Total not in education, employment or training', 'Not in education, training or employment, owing to other reasons'),
		('Total not in education, employment or training', 'Not in education, training or employment, owing to pregnancy or parenting');
	SELECT sum(hidden) FROM (
		SELECT CAST(whole.care_leaver_count AS INTEGER) - sum(CASE WHEN part.care_leaver_count GLOB '[0-9]*'
				THEN CAST(part.care_leaver_count AS INTEGER) ELSE 0 END) AS rest, sum(part.care_leaver_count = 'c') AS hidden
		FROM t AS whole
		JOIN sums ON sums.total = whole.breakdown
		JOIN t AS part ON part.breakdown = sums.part AND (part.time_period, part.care_leaver_age, part.new_la_code)
			= (whole.time_period, whole.care_leaver_age, whole.new_la_code) AND part.geographic_level = 'Local authority'
		WHERE whole.geographic_level = 'Local authority' AND whole.care_leaver_count GLOB '[0-9]*'
		GROUP BY whole.time_period, whole.care_leaver_age, whole.new_la_code, sums.total)
	WHERE rest < 6;
SQL
equal "told to be few by subtraction" \
	"$(sqlite3 :memory: ".import --csv '$data/dfe-ees-care-leavers/la_care_leavers_activity.2024-2025.csv' t" ".read subtract.sql")" 695
equal "told to be few by the attack" "$(sqlite3 audit-failed.db "SELECT count(*) FROM interval WHERE most < 6")" 737
