/* Kind change: people matched over two waves, against R (tests/oracle/waves.R); what is refused; that those who answered
 * at one wave only cannot be told where they are few. */
#include "testing.h"

#include <math.h>

#include <glpk.h>

#include "test_compare.h"

#include "protect/protect.h"
#include "withhold/withheld.h"

static const struct row {
	int person, wave, area, score, support; /* score and support -1: no answer */
} people[] = {
#include "../oracle/waves_people.inc"
};

static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'A', 'Ayle'), (2, 'B', 'Bree'), (3, 'C', 'Corm'), (4, 'D', 'Dunn');"
	"INSERT INTO variable VALUES"
	" ('score', 1, 'Score', NULL, 'integer', 'amount', 'points', 'higher_better', NULL, 'none', 0, 40, 0, NULL, ''),"
	" ('support', 2, 'Support', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('other', 3, 'Other', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 40, 0, NULL, ''),"
	" ('wave', 4, 'Wave', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'wave'),"
	" ('area', 5, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('support', 1, 'no', 'No'), ('support', 2, 'yes', 'Yes'), ('wave', 1, 'before', 'Before'),"
	" ('wave', 2, 'after', 'After'), ('wave', 3, 'long_after', 'Long after');"
	"INSERT INTO reason VALUES ('score', 'not_answered'), ('support', 'not_answered'), ('other', 'not_answered');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL, score INTEGER,"
	" support INTEGER, other INTEGER, wave INTEGER);";

/* The rows in any order of the waves, and whose they are. `apart`: everybody has a key of its own at each wave. */
static void add_rows(struct text *sql, const struct row *rows, size_t count, bool apart)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &rows[i];
		char score[32] = "NULL", support[32] = "NULL";
		if (row->score >= 0) {
			snprintf(score, sizeof score, "%d", row->score);
			snprintf(support, sizeof support, "%d", row->support + 1);
		}
		text_print(sql, "INSERT INTO respondents VALUES (%zu, 'p%d%s', %d, NULL, %s, %s, %s, %d);", i + 1,
		           row->person, apart && row->wave == 2 ? "b" : "", row->area, score, support, score, row->wave);
		for (size_t v = 0; row->score < 0 && v < 3; v++)
			text_print(sql, "INSERT INTO missing VALUES ('%s', %zu, 'not_answered');",
			           (const char *const[]){ "score", "support", "other" }[v], i + 1);
	}
	text_add(sql, "INSERT INTO again SELECT respondent, (SELECT min(b.respondent) FROM respondents AS b"
	              " WHERE b.pseudonym = a.pseudonym) AS first FROM respondents AS a WHERE first < respondent;");
}

static char *write_dataset(bool apart, const char *more)
{
	struct text sql = { 0 };
	text_add(&sql, description);
	add_rows(&sql, people, COUNT(people), apart);
	text_add(&sql, more);
	return test_deidentified(&sql);
}

static struct run run_on(int threshold, const char *analyses, const char *path, bool clashes)
{
	char *yaml = mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
	                       "datasets: [{name: survey, kind: responses, unit: {name: respondent, threshold: %d},"
	                       " dictionary: nowhere}]\nanalyses:\n%s",
	                       threshold, analyses);
	struct run run = run_study(yaml, path, clashes);
	free(yaml);
	return run;
}

static struct run run_more(int threshold, const char *analyses, bool apart, const char *more)
{
	char *path = write_dataset(apart, more);
	struct run run = run_on(threshold, analyses, path, false);
	free(path);
	return run;
}

#define CHANGE(name, rest) "  - {name: " name ", title: T, dataset: survey, kind: change, " rest "}\n"
#define WAVES "waves: [before, after]"
static const char both_kinds[] = CHANGE("score", "outcome: score, " WAVES)
	CHANGE("support", "outcome: support, codes: [\"yes\"], " WAVES);

/* --- reading what came out --- */

struct key {
	const char *analysis, *statistic, *area, *across;
};

static const struct result *result_of(const struct universe *universe, struct key key)
{
	const struct result *found = NULL;
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		if (strcmp(result->analysis, key.analysis) == 0 && strcmp(result->statistic, key.statistic) == 0
		    && text_equal(result->area, key.area) && text_equal(result->across, key.across)) {
			assert_null(found); /* one line for each */
			found = result;
		}
	}
	if (!found)
		fail_msg("no line %s %s %s %s", key.analysis, key.statistic, key.area ? key.area : "-",
		         key.across ? key.across : "-");
	return found;
}

static const struct figure *figure_of(const struct universe *universe, const struct result *result, const char *name)
{
	size_t id = (size_t)(result - universe->results) + 1;
	for (size_t i = 0; i < universe->figure_count; i++)
		if (universe->figures[i].result == id && strcmp(universe->figures[i].name, name) == 0)
			return &universe->figures[i];
	fail_msg("no figure %s", name);
	return NULL;
}

/* --- against R --- */

static const struct expected {
	const char *analysis, *statistic, *area, *across, *figure;
	double value;
} expected[] = {
#include "../oracle/waves_study.inc"
};

static void expect(const struct run *run, const char *of, const char *analysis)
{
	size_t seen = 0;
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct expected *line = &expected[i];
		if (strcmp(line->analysis, of) != 0)
			continue;
		const struct result *result =
			result_of(run->universe, (struct key){ analysis, line->statistic, line->area, line->across });
		double value = figure_of(run->universe, result, line->figure)->value;
		if (!test_is_close(value, line->value, 1e-8))
			fail_msg("%s %s %s %s: %.17g, not %.17g", line->analysis, line->statistic, line->figure,
			         line->area ? line->area : "-", value, line->value);
		seen++;
	}
	assert_true(seen >= 20);
}

static void changes_of_the_same_people_are_r_s(void **state)
{
	(void)state;
	struct run run = run_more(3, both_kinds, false, "");
	assert_ok(run.ok, &run.err);
	expect(&run, "score", "score");
	expect(&run, "support", "support");
	assert_int_equal(result_of(run.universe, (struct key){ "score", "p_holm", "A", NULL })->family_size, 4);
	assert_string_equal(result_of(run.universe, (struct key){ "score", "p_holm", "A", NULL })->family,
	                    "score.change");
	assert_string_equal(result_of(run.universe, (struct key){ "support", "mcnemar", "A", NULL })->category, "yes");
	run_free(&run);
}

static void different_people_are_compared_as_such(void **state)
{
	(void)state;
	struct run run = run_more(3, both_kinds, true, "UPDATE respondents SET area = (SELECT b.area FROM respondents AS b"
	                                               " WHERE b.pseudonym || 'b' = respondents.pseudonym)"
	                                               " WHERE EXISTS (SELECT 1 FROM respondents AS b"
	                                               " WHERE b.pseudonym || 'b' = respondents.pseudonym);");
	assert_ok(run.ok, &run.err);
	expect(&run, "apart", "score");
	expect(&run, "apart-support", "support");
	for (size_t i = 0; i < run.universe->result_count; i++) {
		const char *statistic = run.universe->results[i].statistic;
		assert_true(strcmp(statistic, "mean_change") != 0 && strcmp(statistic, "mcnemar") != 0
		            && strcmp(statistic, "count_both") != 0 && strcmp(statistic, "ancova") != 0);
	}
	run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_of_the_same_people_are_r_s),
		cmocka_unit_test(different_people_are_compared_as_such),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
