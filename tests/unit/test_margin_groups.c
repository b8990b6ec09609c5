/* Weights that were adjusted to margins: which figures are left, what their lines rest on, and which analyses are
 * refused beside them. Forty made-up respondents, counted by hand. */
#include "testing.h"

#include "test_compare.h"

/* Respondent i of 40, from 0: the north has the first 24. f, m and o take turns within an area (8 of each in the north;
 * 6, 5 and 5 in the south), young and old in pairs; every fourth is unhappy, which leaves 18 and 12 happy. */
static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South');"
	"INSERT INTO variable VALUES"
	" ('happy', 1, 'Happy', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('score', 2, 'Score', NULL, 'integer', 'scale', 'points', NULL, NULL, 'none', 0, 10, 1, NULL, ''),"
	" ('sex', 3, 'Sex', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('age', 4, 'Age', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('wave', 5, 'Wave', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('gone', 6, 'Not kept', NULL, 'code', 'none', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('area', 7, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area'),"
	" ('joy', 8, 'Joy', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 1, 'study', '');"
	"INSERT INTO code VALUES ('happy', 1, 'yes', 'Yes'), ('happy', 2, 'no', 'No'), ('sex', 1, 'f', 'Female'),"
	" ('sex', 2, 'm', 'Male'), ('sex', 3, 'o', 'Other'), ('age', 1, 'young', 'Young'), ('age', 2, 'old', 'Old'),"
	" ('wave', 1, '1', 'First'), ('wave', 2, '2', 'Second'), ('joy', 1, 'yes', 'Yes'), ('joy', 2, 'no', 'No');"
	"INSERT INTO made_of VALUES ('joy', 'happy', 1);"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" happy INTEGER, score INTEGER, sex INTEGER, age INTEGER, wave INTEGER, joy INTEGER);"
	"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 39)"
	" INSERT INTO respondents SELECT i + 1, NULL, 1 + (i > 23), 1 + i % 3 * 0.5, 1 + (i % 4 = 3), i % 11, 1 + i % 3,"
	" 1 + i / 2 % 2, 1, 1 + (i % 4 = 3) FROM n;";

/* As deidentify writes it of weights that derive raked; one margin is enough for a variance. */
static const char adjusted[] =
	"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'rake'), ('margins', '%s'), ('weight', 'raked');"
	"INSERT INTO drawn SELECT respondent, 1, respondent, 1 FROM respondents; INSERT INTO stratum VALUES (1, NULL);"
	"INSERT INTO margin SELECT 1, respondent, sex FROM respondents;";

/* `margins` NULL: the weights came with the data. */
static struct run run_on(const char *analyses, const char *margins)
{
	struct text sql = { 0 };
	text_add(&sql, description);
	if (margins)
		text_print(&sql, adjusted, margins);
	char *path = test_deidentified(&sql), *yaml = mem_print(
		"study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
		"datasets: [{name: survey, kind: responses, unit: {name: respondent, threshold: 3}, dictionary: no}]\n"
		"analyses:\n%s",
		analyses);
	struct run run = run_study(yaml, path, true);
	free(path);
	free(yaml);
	return run;
}

static struct run run_well(const char *analyses, const char *margins)
{
	struct run run = run_on(analyses, margins);
	assert_ok(run.ok, &run.err);
	return run;
}

static size_t lines_of(const struct run *run, const char *statistic)
{
	size_t count = 0;
	for (size_t i = 0; i < run->universe->result_count; i++)
		count += strcmp(run->universe->results[i].statistic, statistic) == 0;
	return count;
}

/* What a line rests on; `area` NULL: all areas. */
static const struct result *line_of(const struct run *run, const char *statistic, const char *area)
{
	for (size_t i = 0; i < run->universe->result_count; i++) {
		const struct result *result = &run->universe->results[i];
		if (strcmp(result->statistic, statistic) == 0 && text_equal(result->area, area))
			return result;
	}
	fail_msg("no line %s", statistic);
	return NULL;
}

static void assert_rests_on(const struct run *run, const struct result *result, const char *condition, long long n)
{
	const struct universe *universe = run->universe;
	size_t cell = universe_find(universe, condition);
	if (!cell)
		fail_msg("no cell %s", condition);
	assert_int_equal(universe->cells[cell - 1].n, n);
	for (size_t i = 0; i < result->cell_count; i++)
		if (universe->rests[result->first_cell + i] == cell)
			return;
	fail_msg("%s does not rest on %s", result->statistic, condition);
}

static const char happy[] =
	"  - {name: happy, title: H, dataset: survey, kind: share, outcome: happy, codes: [\"yes\"]}\n";
static const char score[] = "  - {name: score, title: S, dataset: survey, kind: mean, outcome: score}\n";

/* --- what is shown --- */

/* Everybody of an area counts alike: the weighted figure of an area is the unweighted one. */
static void weights_adjusted_to_the_areas_alone_leave_everything(void **state)
{
	(void)state;
	static const char *const there[] = { "mean", "weighted_mean", "share", "weighted_share", "design_wald", "rao_scott" };
	char *both = mem_print("%s%s", happy, score);
	struct run run = run_well(both, "area");
	for (size_t i = 0; i < COUNT(there); i++)
		if (lines_of(&run, there[i]) == 0)
			fail_msg("no line %s", there[i]);
	run_free(&run);
	free(both);
}

static void adjusted_weights_leave_the_base_and_the_weighted_figures(void **state)
{
	(void)state;
	static const char *const gone[] = { "mean", "share", "welch_anova", "chi_square" };
	char *both = mem_print("%s%s", happy, score);
	struct run run = run_well(both, "sex");
	for (size_t i = 0; i < COUNT(gone); i++)
		assert_int_equal(lines_of(&run, gone[i]), 0);
	assert_int_equal(lines_of(&run, "count"), 6);
	assert_int_equal(lines_of(&run, "weighted_mean"), 3);
	assert_int_equal(lines_of(&run, "weighted_share"), 3);
	assert_int_equal(lines_of(&run, "design_wald"), 1);
	assert_int_equal(lines_of(&run, "rao_scott"), 1);
	for (size_t i = 0; i < run.universe->figure_count; i++) {
		const struct figure *figure = &run.universe->figures[i];
		assert_int_equal(figure->numerator_measure, 0);
		if (figure->numerator) /* a base */
			assert_non_null(strstr(run.universe->cells[figure->numerator - 1].condition, ":answered"));
	}
	for (size_t a = 0; a < run.universe->arrangement_count; a++) {
		assert_int_equal(run.universe->arrangements[a].column_count, 4 + 4);
		assert_non_null(strstr(run.universe->arrangements[a].method, "by weights and design"));
	}
	run_free(&run);
	free(both);
}

static void weights_that_came_with_the_data_stand_beside_the_unweighted_figures(void **state)
{
	(void)state;
	char *both = mem_print("%s%s", happy, score);
	struct run run = run_well(both, NULL);
	assert_int_equal(lines_of(&run, "mean"), 3);
	assert_int_equal(lines_of(&run, "share"), 3);
	assert_int_equal(lines_of(&run, "design_wald"), 1);
	assert_int_equal(lines_of(&run, "rao_scott"), 1);
	assert_int_equal(line_of(&run, "weighted_mean", "N")->cell_count, 1);
	assert_int_equal(line_of(&run, "weighted_share", NULL)->cell_count, 2);
	run_free(&run);
	free(both);
}

/* --- what it rests on --- */

static void a_weighted_share_rests_on_each_group_of_the_area(void **state)
{
	(void)state;
	struct run run = run_well(happy, "area, sex");
	const struct result *north = line_of(&run, "weighted_share", "N");
	assert_int_equal(north->cell_count, 2 + 2 * 3);
	assert_rests_on(&run, north, "survey & area=N & happy=yes", 18);
	assert_rests_on(&run, north, "survey & area=N & happy:answered & sex=f", 8);
	assert_rests_on(&run, north, "survey & area=N & happy=yes & sex=f", 6);
	assert_rests_on(&run, north, "survey & area=N & happy=yes & sex=m", 6);
	assert_rests_on(&run, north, "survey & area=N & happy=yes & sex=o", 6);
	assert_rests_on(&run, line_of(&run, "weighted_share", "S"), "survey & area=S & happy:answered & sex=f", 6);
	run_free(&run);
}

static void a_weighted_mean_rests_on_how_many_of_each_group_answered(void **state)
{
	(void)state;
	struct run run = run_well(score, "area, sex");
	const struct result *south = line_of(&run, "weighted_mean", "S");
	assert_int_equal(south->cell_count, 1 + 3);
	assert_rests_on(&run, south, "survey & area=S & score:answered & sex=o", 5);
	assert_int_equal(south->measure_count, 1);
	run_free(&run);
}

static void all_areas_together_rest_on_each_group_of_every_area(void **state)
{
	(void)state;
	struct run run = run_well(happy, "sex, age");
	const struct result *all = line_of(&run, "weighted_share", NULL);
	assert_int_equal(all->cell_count, 3 * 2 + 2 * 2 * (3 + 2));
	assert_rests_on(&run, all, "survey & area=N & happy=yes & sex=m", 6);
	assert_rests_on(&run, all, "survey & age=old & area=S & happy:answered", 8);
	run_free(&run);
}

static void a_crossed_margin_has_crossed_groups(void **state)
{
	(void)state;
	struct run run = run_well(happy, "area*sex*age");
	const struct result *north = line_of(&run, "weighted_share", "N");
	assert_int_equal(north->cell_count, 2 + 2 * 6);
	assert_rests_on(&run, north, "survey & age=old & area=N & happy:answered & sex=f", 4);
	run_free(&run);
}

/* No groups; but the interval tells of everybody in the sample, and so rests on all who answered. */
static void a_margin_of_the_areas_alone_adds_no_groups(void **state)
{
	(void)state;
	struct run run = run_well(happy, "area");
	const struct result *north = line_of(&run, "weighted_share", "N");
	assert_int_equal(north->cell_count, 2 + 1);
	assert_rests_on(&run, north, "survey & happy:answered", 40);
	run_free(&run);
}

static void a_share_of_a_margin_rests_on_all_its_codes(void **state)
{
	(void)state;
	struct run run = run_well("  - {name: f, title: F, dataset: survey, kind: share, outcome: sex, codes: [f]}\n",
	                          "area, sex");
	const struct result *north = line_of(&run, "weighted_share", "N");
	assert_int_equal(north->cell_count, 1 + 3);
	assert_rests_on(&run, north, "survey & area=N & sex=o", 8);
	run_free(&run);
}

/* --- what is refused --- */

static const struct refused {
	const char *name, *analyses, *margins, *message; /* message NULL: it is not refused */
} refusals[] = {
	{ "a table of the outcome is refused",
	  "  - {name: t, title: T, dataset: survey, kind: table, outcome: happy}\n", "sex",
	  "`t` counts without weights what `happy` shows" },
	{ "a table across the outcome is refused",
	  "  - {name: t, title: T, dataset: survey, kind: table, outcome: sex, across: happy}\n", "sex",
	  "`t` counts without weights what `happy` shows" },
	{ "a table of what is made of the outcome is refused",
	  "  - {name: t, title: T, dataset: survey, kind: table, outcome: joy}\n", "sex",
	  "`t` counts without weights what `happy` shows" },
	{ "a comparison of the areas by the weights is not refused",
	  "  - {name: c, title: C, dataset: survey, kind: mean, outcome: score, compare: [pairs, rest]}\n", "sex", NULL },
	{ "a comparison of the areas without the weights is refused",
	  "  - {name: c, title: C, dataset: survey, kind: mean, outcome: score, compare: [tukey]}\n", "sex",
	  "a comparison that is unweighted" },
	{ "a table of another variable is not refused",
	  "  - {name: t, title: T, dataset: survey, kind: table, outcome: age, across: sex}\n", "sex", NULL },
	{ "a table of the outcome is not refused where the weights came with the data",
	  "  - {name: t, title: T, dataset: survey, kind: table, outcome: happy}\n", NULL, NULL },
	{ "a margin of what is not kept is refused", "", "area, gone", "no codes of: gone" },
	{ "a margin that crosses three variables besides the area is refused", "", "area*sex*age*wave",
	  "too many variables, one of them wave" },
};

static void is_refused(void **state)
{
	const struct refused *example = *state;
	char *analyses = mem_print("%s%s", happy, example->analyses);
	struct run run = run_on(analyses, example->margins);
	if (!example->message) {
		assert_ok(run.ok, &run.err);
	} else {
		assert_false(run.ok);
		assert_int_equal(run.err.kind, ERROR_CONFIG);
		assert_true(run.err.help[0] != '\0');
		if (!strstr(run.err.message, example->message))
			fail_msg("the message is: %s", run.err.message);
	}
	free(analyses);
	run_free(&run);
}

int main(void)
{
	struct CMUnitTest tests[8 + COUNT(refusals)] = {
		cmocka_unit_test(weights_adjusted_to_the_areas_alone_leave_everything),
		cmocka_unit_test(adjusted_weights_leave_the_base_and_the_weighted_figures),
		cmocka_unit_test(weights_that_came_with_the_data_stand_beside_the_unweighted_figures),
		cmocka_unit_test(a_weighted_share_rests_on_each_group_of_the_area),
		cmocka_unit_test(a_weighted_mean_rests_on_how_many_of_each_group_answered),
		cmocka_unit_test(all_areas_together_rest_on_each_group_of_every_area),
		cmocka_unit_test(a_crossed_margin_has_crossed_groups),
		cmocka_unit_test(a_margin_of_the_areas_alone_adds_no_groups),
		cmocka_unit_test(a_share_of_a_margin_rests_on_all_its_codes),
	};
	size_t count = 8;
	ADD_EXAMPLES(tests, count, refusals, is_refused);
	return _cmocka_run_group_tests("margin_groups", tests, count, NULL, NULL);
}
