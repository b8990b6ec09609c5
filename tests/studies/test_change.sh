#!/bin/sh
# A study of two waves through the whole chain: the change of the same people as R has it, the audit passes, and where four of an
# area were lost nobody can tell. Refused beside it is what would tell.
. tests/studies/place.sh
begin "$1"

mkdir -p data-dictionary/waves exports
cat >data-dictionary/waves/variables.csv <<-'CSV'
	variable,label,type,level,codes,missing,min,max,role,disclosure,treat
	id,Id,id,,,,,,key,direct,pseudonym
	wave,Wave,code,ordinal,waves,,,,wave,none,
	area,Area,code,nominal,areas,,,,area,quasi,
	score,Score,integer,scale,,,0,40,,none,
	helped,Was helped,code,binary,yesno,,,,,none,
CSV
cat >data-dictionary/waves/codes.csv <<-'CSV'
	list,code,label,as_exported
	waves,before,Before,before
	waves,after,After,after
	areas,N,North,N
	areas,S,South,S
	areas,E,East,E
	yesno,yes,Yes,yes
	yesno,no,No,no
CSV
cat >data-dictionary/waves/headers.csv <<-'CSV'
	headers,match,header,variable
	plain,name,id,id
	plain,name,area,area
	plain,name,score,score
	plain,name,helped,helped
CSV
echo rule,severity,when,require,message >data-dictionary/waves/rules.csv

# 1 to 60 of North, to 110 of South, to 155 of East. Lost: 15 of North, $lost of South, 15 of East. Joined: 12 of North, 11 of East.
write() { # LOST_IN_SOUTH
	for wave in before after; do
		awk -v lost="$1" -v wave=$wave 'BEGIN {
			print "id,area,score,helped"
			for (i = 1; i <= 223; i++) {
				if (i > 155 && i <= 200) continue
				area = i <= 60 || i > 200 && i <= 212 ? "N" : i <= 110 ? "S" : "E"
				before = 10 + i * 7 % 13
				gone = area == "N" ? i % 4 == 0 : area == "S" ? i - 60 <= lost : i % 3 == 0
				if (wave == "before" && i <= 155) print i "," area "," before "," (i * 3 % 7 < 3 ? "yes" : "no")
				if (wave == "after" && (i > 200 || !gone))
					print i "," area "," 3 + int(0.6 * before + 0.5) + i * 5 % 11 "," (i * 11 % 13 < 8 ? "yes" : "no")
			}
		}' >"exports/$wave.csv"
	done
}
study() { # ANALYSES
	cat >configs/waves.yaml <<-YAML
		study: {name: waves, title: Waves, synthetic: yes, date: 2026-01-01, key: nobody's}
		datasets:
		  - {name: survey, kind: responses, unit: {name: person, plural: people}, dictionary: data-dictionary/waves,
		     exports: [{path: before.csv, wave: before}, {path: after.csv, wave: after}]}
		analyses:
	YAML
	printf '%s\n' "$1" >>configs/waves.yaml
	chain STUDY=waves EXPORTS=exports
}
both="  - {name: score, title: Score, dataset: survey, kind: change, outcome: score, waves: [before, after]}
  - {name: helped, title: Helped, dataset: survey, kind: change, outcome: helped, codes: [\"yes\"], waves: [before, after]}"
row() { # TABLE AREA
	grep "^[a-z]*,$2," "out/waves/release/tables/$1.csv" | cut -d, -f4-
}
same() { # WHAT GOT EXPECTED
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
}

# What R (4.2.2) has of these answers: d <- merge(before, after, by = "id", all = TRUE), of those in both; t.test(score.y, score.x,
# paired = TRUE), mean(z)/sd(z) of z <- score.y - score.x, mean(z)/sd(score.x), p.adjust(p, "holm").
write 13
study "$both"
same "everybody in North" "$(row score N | cut -d, -f1-8)" 60,57,45,15,12,15.9,15.0,16.9
same "everybody in South" "$(row score S | cut -d, -f1-5)" 50,37,37,13,0
same "the change in North" "$(row score.change N | cut -d, -f1-9,12-13)" 16.0,17.7,1.6,0.4,2.9,2.69,44,0.0102,0.40,0.44,0.0203
same "the change in South" "$(row score.change S | cut -d, -f1-9,12-13)" 15.9,17.4,1.5,0.5,2.4,3.17,36,0.0031,0.52,0.39,0.0094
same "the change in East" "$(row score.change E | cut -d, -f1-9,12-13)" 16.3,17.7,1.4,-0.1,2.9,1.96,29,0.0592,0.36,0.37,0.0592
same "the change everywhere" "$(row score.change '' | grep -v '^[A-Z“]' | cut -d, -f1-8)" '16.1,17.6,1.5,0.8,2.2,4.42,111,<0.0001'
# anova(lm(score.y ~ score.x), lm(score.y ~ score.x + area.x)), predict(full, at mean(score.x), interval = "confidence")
same "areas that began alike" "$(for a in N S E; do row score.areas $a; done | paste -sd' ')" \
	"17.7,16.7,18.7 17.5,16.4,18.6 17.6,16.4,18.8"
grep -q '"F = 0.04, df = 2, df 2 = 108, p = 0.9601"' out/waves/release/tables/score.areas.csv || fail "another analysis of covariance"
# binom.test(39, 57)
same "McNemar's p" "$(row helped.change '' | grep '^42.9' | cut -d, -f1-5,8)" 42.9,61.6,18.8,39,18,0.0075
grep -q '^helped,survey,mcnemar,' out/waves/release/results.csv || fail "no line of results"
[ "$(sqlite3 out/waves/restricted/audited.db "SELECT count(*) FROM interval WHERE verdict <> 'safe'")" = 0 ] || fail "not safe"

# Four of South were lost: whatever is shown, between 4 and 10 of it fit, and so does more.
write 4
study "$both"
for analysis in score helped; do
	# before = both + lost: of these lines of South, which are shown
	told=$(sqlite3 :memory: ".import --csv out/waves/release/results.csv r" "SELECT group_concat(statistic || iif(status = '', ' shown', ' ' || status), ', ')
		FROM r WHERE analysis = '$analysis' AND area_code = 'S' AND across <> 'wave=after'
			AND statistic IN ('count_of_wave', 'count_both', 'count_lost')")
	case $told in
	'count_of_wave c, count_both shown, count_lost c' | 'count_of_wave shown, count_both c, count_lost c' | \
		'count_of_wave c, count_both c, count_lost c') ;;
	*) fail "who was lost in South can be worked out of $analysis: $told" ;;
	esac
	shown=$(row "$analysis" S | cut -d, -f1-4)
	case $shown in
	*'[c]'*'[c]'*) ;;
	*) fail "it tells how many of South were lost: $shown" ;;
	esac
	[ "$(row "$analysis" S | cut -d, -f4)" = '[c]' ] || fail "how many of South were lost is shown"
done
sqlite3 out/waves/restricted/audited.db "SELECT CAST(least AS INTEGER) || ' ' || CAST(most AS INTEGER) FROM interval
	WHERE kind = 'cell' AND condition LIKE '%area=S & %:only-earlier'" >told
[ "$(wc -l <told)" -eq 2 ] || fail "of two questions: $(cat told)"
while read -r least most; do
	[ "$most" -ge 10 ] && [ $((most - least)) -ge 3 ] || fail "from $least to $most were lost"
done <told
# the change itself is told all the same, and the shares of those who answered at both
for area in N S E; do
	case $(row score.change $area)$(row helped.change $area | cut -d, -f1-3) in
	*'[c]'*) fail "the change in $area is hidden, and what everybody answered might have been" ;;
	esac
done
# where all others are shown, North's line or East's goes with South's
[ "$(row score N | cut -d, -f4)$(row score E | cut -d, -f4)" != 1515 ] || fail "all but South are shown beside the sum"

# All of North were helped at both waves: of a sensitive question that is not told. Of any other it is, also where so few of them are
# in both waves that nobody may tell of these that none was not helped: it follows from all.
all_helped() { # IN_BOTH
	for wave in before after; do
		awk -v both="$1" -v wave=$wave 'BEGIN {
			print "id,area,score,helped"
			for (i = 1; i <= 150; i++) {
				if (i <= 15 && (wave == "after" ? i > both : 0)) continue
				print i "," (i <= 15 ? "N" : i <= 80 ? "S" : "E") "," 10 + i % 13 "," \
					(i <= 15 || (i * 7 + (wave == "after") * (i % 3)) % 5 < 2 ? "yes" : "no")
			}
		}' >"exports/$wave.csv"
	done
}
helped="  - {name: helped, title: Helped, dataset: survey, kind: change, outcome: helped, codes: [\"yes\"], waves: [before, after]}"
all_helped 15
study "$helped
disclosure: {sensitive: [helped]}"
case $(row helped N)$(row helped.change N) in
*100.0*) fail "it tells that all of a small group were helped: $(row helped N)" ;;
esac
all_helped 8
study "$helped"
[ "$(row helped N | cut -d, -f1)" = 15 ] || fail "how many of North were asked at first is hidden"
write 4
study "$both"

# Nobody in both: the waves are of different people.
sed -i 's/^\([0-9]\)/later-\1/' exports/after.csv
study "$both"
grep -q '^score,survey,mean_difference,' out/waves/release/results.csv || fail "different people are not compared"
! grep -q 'mean_change\|mcnemar\|ancova\|count_both' out/waves/release/results.csv || fail "nobody has changed"

# What would tell how few were lost is refused, in one study and after a release.
write 13
mean="  - {name: first, title: First, dataset: survey, kind: mean, outcome: score, filter: \"wave = 'before'\"}"
if study "$both
$mean" >said; then fail "rows are counted beside people"; fi
grep -q 'how few answered at one wave only' log || { cat log; fail "it does not say why"; }
study "$both"
chain STUDY=waves EXPORTS=exports release BY=me WHY=test
if study "$mean" >said; then fail "rows are counted after a release of people"; fi
grep -q 'audit-crossing' log || { cat log; fail "it says something else than audit-crossing"; }
