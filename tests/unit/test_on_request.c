/* Comparisons on request (Tukey, Dunnett, Jonckheere), ranks of amounts, and areas drawn together, on the women of R's
 * infert: seven bands of their age as areas, of 15 to 51. What they give: R (tests/oracle/on_request.R). */
#include "testing.h"

#include "test_compare.h"

#include "protect/protect.h"
#include "withhold/withheld.h"

static const int people[][4] = {
/* area, parity, spontaneous, case */
#include "../oracle/on_request_people.inc"
};

/* `ranked` is parity as an answer with codes; lost and even have codes 0 and 1. `same` is 3 in the first area. */
static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'A', 'To 26'), (2, 'B', 'To 28'), (3, 'C', 'To 31'), (4, 'D', 'To 33'),"
	" (5, 'E', 'To 36'), (6, 'F', 'To 38'), (7, 'G', 'To 45');"
	"INSERT INTO variable VALUES"
	" ('parity', 1, 'Parity', NULL, 'integer', 'amount', 'births', NULL, NULL, 'none', 0, 9, 1, NULL, ''),"
	" ('lost', 2, 'Lost', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('ranked', 3, 'Ranked', NULL, 'code', 'ordinal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('words', 4, 'Words', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('even', 5, 'Even', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, ''),"
	" ('same', 6, 'Same', NULL, 'integer', 'amount', NULL, NULL, NULL, 'none', 0, 9, 1, NULL, ''),"
	" ('area', 7, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('lost', 1, '0', 'No'), ('lost', 2, '1', 'Yes'), ('even', 1, '0', 'No'),"
	" ('even', 2, '1', 'Yes'), ('words', 1, 'a', 'A'), ('words', 2, 'b', 'B'), ('ranked', 1, '1', 'One'),"
	" ('ranked', 2, '2', 'Two'), ('ranked', 3, '3', 'Three'), ('ranked', 4, '4', 'Four'), ('ranked', 5, '5', 'Five'),"
	" ('ranked', 6, '6', 'Six');"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" parity INTEGER, lost INTEGER, ranked INTEGER, words INTEGER, even INTEGER, same INTEGER);";

static struct run run_more(int threshold, const char *analyses, const char *more)
{
	struct text sql = { 0 };
	text_add(&sql, description);
	for (size_t i = 0; i < COUNT(people); i++)
		text_print(&sql, "INSERT INTO respondents VALUES (%zu, NULL, %d, NULL, %d, %d, %d, %zu, %zu, %d);",
		           i + 1, people[i][0], people[i][1], (people[i][2] > 0) + 1, people[i][1], i % 2 + 1,
		           i % 2 + 1, people[i][0] == 1 ? 3 : people[i][1]);
	text_add(&sql, more);
	char *path = test_deidentified(&sql);
	char *yaml = mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01, seed: 7}\n"
	                       "datasets: [{name: survey, kind: responses, unit: {name: respondent, threshold: %d},"
	                       " dictionary: nowhere}]\nanalyses:\n%s",
	                       threshold, analyses);
	struct run run = run_study(yaml, path, true);
	free(yaml);
	free(path);
	return run;
}

static const char all_kinds[] =
	"  - {name: parity, title: T, dataset: survey, kind: mean, outcome: parity,"
	" compare: [pairs, tukey, control, trend], control: C, shrink: yes}\n"
	"  - {name: lost, title: T, dataset: survey, kind: share, outcome: lost, codes: [\"1\"], shrink: yes}\n"
	"  - {name: ranked, title: T, dataset: survey, kind: table, outcome: ranked, compare: [pairs, trend]}\n"
	"  - {name: even, title: T, dataset: survey, kind: share, outcome: even, codes: [\"1\"], shrink: yes}\n";

static struct run run_all(int threshold)
{
	struct run run = run_more(threshold, all_kinds, "");
	assert_ok(run.ok, &run.err);
	return run;
}

/* --- reading what came out --- */

struct key {
	const char *analysis, *statistic, *area, *comparator;
};

static const struct result *result_of(const struct universe *universe, struct key key)
{
	const struct result *found = NULL;
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		if (strcmp(result->analysis, key.analysis) != 0 || strcmp(result->statistic, key.statistic) != 0
		    || !text_equal(result->area, key.area) || !text_equal(result->comparator, key.comparator))
			continue;
		assert_null(found); /* one line for each */
		found = result;
	}
	if (!found)
		fail_msg("no line %s %s %s %s", key.analysis, key.statistic, key.area ? key.area : "-",
		         key.comparator ? key.comparator : "-");
	return found;
}

static const struct figure *figure_of(const struct universe *universe, const struct result *result, const char *name)
{
	size_t id = (size_t)(result - universe->results) + 1;
	for (size_t i = 0; i < universe->figure_count; i++)
		if (universe->figures[i].result == id && strcmp(universe->figures[i].name, name) == 0)
			return &universe->figures[i];
	return NULL;
}

static bool rests_on(const struct universe *universe, const struct result *result, const char *condition)
{
	size_t cell = universe_find(universe, condition);
	if (cell == 0)
		fail_msg("no cell %s", condition);
	for (size_t i = 0; i < result->cell_count; i++)
		if (universe->rests[result->first_cell + i] == cell)
			return true;
	return false;
}

/* --- against R --- */

struct expected {
	const char *analysis, *statistic, *area, *comparator, *figure;
	double value, near;
};
static const struct expected expected[] = {
#include "../oracle/on_request.inc"
};

static void what_is_asked_for_agrees_with_r(void **state)
{
	(void)state;
	struct run run = run_all(5);
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct expected *line = &expected[i];
		const struct result *result = result_of(
			run.universe, (struct key){ line->analysis, line->statistic, line->area, line->comparator });
		const struct figure *figure = figure_of(run.universe, result, line->figure);
		assert_non_null(figure);
		if (!test_is_close(figure->value, line->value, line->near) && fabs(figure->value - line->value) > 1e-11)
			fail_msg("%s %s %s %s less %s: %.17g, not %.17g", line->analysis, line->statistic, line->figure,
			         line->area ? line->area : "-", line->comparator ? line->comparator : "-",
			         figure->value, line->value);
	}
	assert_true(COUNT(expected) > 350);
	run_free(&run);
}

/* --- what it is of, and what it is flagged with --- */

static void every_line_names_its_family_and_the_rule_of_its_areas(void **state)
{
	(void)state;
	struct run run = run_all(5);
	const struct result *tukey = result_of(run.universe, (struct key){ "parity", "tukey_kramer", "A", "B" });
	const struct result *dunnett = result_of(run.universe, (struct key){ "parity", "dunnett", "D", "C" });
	const struct result *drawn = result_of(run.universe, (struct key){ "parity", "empirical_bayes", "A", NULL });
	assert_string_equal(tukey->family, "parity.tukey");
	assert_int_equal(tukey->family_size, 21);
	assert_string_equal(dunnett->family, "parity.control");
	assert_int_equal(dunnett->family_size, 6);
	assert_string_equal(tukey->method,
	                    "Tukey and Kramer's studentised range over the areas where at least 5 answered");
	assert_non_null(strstr(drawn->method, "over the areas where at least 5 answered"));
	/* the spread of D (15) is under a third of that of G (27) */
	assert_non_null(strstr(tukey->flags, "unequal-variances"));
	assert_non_null(strstr(dunnett->flags, "unequal-variances"));
	run_free(&run);
	run = run_more(5, all_kinds, "DELETE FROM respondents WHERE area IN (2, 4);");
	assert_ok(run.ok, &run.err);
	tukey = result_of(run.universe, (struct key){ "parity", "tukey_kramer", "A", "C" });
	assert_true(!tukey->flags || !strstr(tukey->flags, "unequal-variances"));
	assert_int_equal(tukey->family_size, 10);
	assert_string_equal(result_of(run.universe, (struct key){ "parity", "tukey_kramer", "A", "B" })->reason,
	                    "base-empty");
	run_free(&run);
}

/* The areas hold 45, 45, 45, 15, 51, 20 and 27. */
static void a_policy_asks_more_of_statistics_than_of_counts(void **state)
{
	(void)state;
	static const char analyses[] = "  - {name: parity, title: T, dataset: survey, kind: mean, outcome: parity, compare: [tukey]}\n"
				       "  - {name: spread, title: T, dataset: survey, kind: quantile, outcome: same, quantiles: [0.5]}\n";
	char *strict = mem_print("%sdisclosure: {threshold: 5, statistics: {test_base: 21, tail: 16}}\n", analyses);
	struct run loose = run_more(5, analyses, ""), held = run_more(5, strict, "");
	assert_ok(loose.ok, &loose.err);
	assert_ok(held.ok, &held.err);
	struct key welch = { "parity", "welch_anova", NULL, NULL }, tukey = { "parity", "tukey_kramer", "A", "B" };
	assert_true(figure_of(loose.universe, result_of(loose.universe, welch), "df")->value == 6);
	assert_true(figure_of(held.universe, result_of(held.universe, welch), "df")->value == 4);
	assert_non_null(strstr(result_of(held.universe, welch)->method, "at least 21 answered"));
	assert_int_equal(result_of(held.universe, tukey)->family_size, 10);
	/* the mean itself is told from the threshold on */
	assert_int_equal(result_of(held.universe, (struct key){ "parity", "mean", "D", NULL })->status, RESULT_OK);
	/* a median of 20 has 5 beyond its limits, and not 16 */
	struct key median = { "spread", "quantile", "F", NULL };
	assert_int_equal(result_of(loose.universe, median)->status, RESULT_OK);
	assert_int_equal(result_of(held.universe, median)->status, RESULT_REFUSED);
	assert_string_equal(result_of(held.universe, median)->reason, "fewer-beside-than-threshold");
	run_free(&loose);
	run_free(&held);
	free(strict);
}

static void areas_that_are_alike_are_drawn_to_one_and_say_so(void **state)
{
	(void)state;
	struct run run = run_all(5);
	const struct result *line = result_of(run.universe, (struct key){ "even", "empirical_bayes", "A", NULL });
	const struct result *all = result_of(run.universe, (struct key){ "even", "between_areas_sd", NULL, NULL });
	const struct result *differ = result_of(run.universe, (struct key){ "lost", "empirical_bayes", "A", NULL });
	assert_string_equal(line->flags, "between-zero");
	assert_string_equal(all->flags, "between-zero");
	assert_null(differ->flags);
	assert_close(figure_of(run.universe, line, "estimate")->value, 50, 1e-8); /* 124 of 248 */
	assert_null(figure_of(run.universe, line, "low"));
	assert_non_null(figure_of(run.universe, differ, "low"));
	run_free(&run);
}

/* --- what lines rest on --- */

static bool is_of_all(const struct result *result)
{
	static const char *const of_all[] = { "tukey_kramer",        "dunnett",
		                              "jonckheere_terpstra", "empirical_bayes",
		                              "between_areas_sd",    "intraclass_correlation",
		                              "median_odds_ratio",   "heterogeneity",
		                              "i_squared",           "dunn",
		                              "kruskal_wallis",      "p_holm" };
	for (size_t i = 0; i < COUNT(of_all); i++)
		if (strcmp(result->statistic, of_all[i]) == 0)
			return true;
	return false;
}

static void each_line_rests_on_what_all_areas_show(void **state)
{
	(void)state;
	struct run run = run_all(5);
	size_t checked = 0;
	for (size_t i = 0; i < run.universe->result_count; i++) {
		const struct result *result = &run.universe->results[i];
		if (!is_of_all(result))
			continue;
		for (char area = 'A'; area <= 'G'; area++) {
			char *cell = mem_print("survey & area=%c & %s:answered", area, result->outcome),
			     *count = mem_print("survey & area=%c & %s=1", area, result->outcome);
			assert_true(rests_on(run.universe, result, cell));
			assert_true(strcmp(result->outcome, "parity") == 0 ? result->measure_count >= 7
			                                                   : rests_on(run.universe, result, count));
			free(cell);
			free(count);
		}
		checked++;
	}
	assert_true(checked > 80);
	run_free(&run);
}

/* D has 15: what is of all areas is withheld, and tells neither method nor reason. */
static void an_area_below_the_threshold_hides_all_of_it(void **state)
{
	(void)state;
	struct run run = run_all(16);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_ok(protect_universe(&decisions, NULL, run.universe, &run.study->disclosure, &err), &err);
	bool *hidden = mem_alloc(run.universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < run.universe->cell_count; i++)
		hidden[i] = decisions[i].hidden;
	struct universe *withheld = withheld_universe(run.universe, &(struct withholding){ .hidden = hidden });
	size_t checked = 0, shown = 0;
	for (size_t i = 0; i < withheld->result_count; i++) {
		const struct result *result = &withheld->results[i];
		shown += result->status == RESULT_OK;
		if (!is_of_all(result))
			continue;
		checked++;
		assert_int_equal(result->status, RESULT_HIDDEN);
		assert_true(!result->method && !result->reason && !result->family);
	}
	assert_true(checked > 80 && shown > 10);
	free(hidden);
	free(decisions);
	universe_free(withheld);
	run_free(&run);
}

/* Who knows the other areas' means could work out what everybody of A answered. */
static void where_all_of_an_area_answered_alike_nothing_of_all_tells_it(void **state)
{
	(void)state;
	struct run run = run_more(5,
	                          "  - {name: same, title: T, dataset: survey, kind: mean, outcome: same,"
	                          " compare: [pairs, tukey, control, trend], control: B, shrink: yes}\n",
	                          "");
	assert_ok(run.ok, &run.err);
	const struct key refused[] = {
		{ "same", "tukey_kramer", "B", "C" },       { "same", "dunnett", "C", "B" },
		{ "same", "empirical_bayes", "B", NULL },   { "same", "omega_squared", NULL, NULL },
		{ "same", "between_areas_sd", NULL, NULL }, { "same", "superiority", "A", "B" },
		{ "same", "mean_difference", "A", "B" },
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		const struct result *result = result_of(run.universe, refused[i]);
		assert_int_equal(result->status, RESULT_REFUSED);
		assert_string_equal(result->reason, "zero-variance");
	}
	assert_int_equal(result_of(run.universe, (struct key){ "same", "superiority", "B", "C" })->status, RESULT_OK);
	run_free(&run);
}

/* A mean of codes: what is of their ranks tells of the count of each. */
static void ranks_of_codes_rest_on_every_code(void **state)
{
	(void)state;
	struct run run = run_more(5,
	                          "  - {name: ranked, title: T, dataset: survey, kind: mean, outcome: ranked,"
	                          " compare: [pairs, trend]}\n",
	                          "UPDATE variable SET level = 'amount' WHERE variable = 'ranked';");
	assert_ok(run.ok, &run.err);
	static const struct key keys[] = { { "ranked", "jonckheere_terpstra", NULL, NULL },
		                           { "ranked", "kruskal_wallis", NULL, NULL },
		                           { "ranked", "superiority", "A", "B" } };
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_true(rests_on(run.universe, result_of(run.universe, keys[i]), "survey & area=A & ranked=6"));
	assert_false(rests_on(run.universe,
	                      result_of(run.universe, (struct key){ "ranked", "welch_anova", NULL, NULL }),
	                      "survey & area=A & ranked=6"));
	run_free(&run);
}

/* --- the config --- */

struct config_example {
	const char *name, *analysis, *more, *message, *help;
};
#define ADJUSTED                                                                                                       \
	"INSERT INTO design VALUES ('lonely', 'fail'), ('adjust', 'rake'), ('margins', 'lost'), ('weight', 'raked');"  \
	"INSERT INTO drawn SELECT respondent, 1, respondent, 1 FROM respondents;"                                      \
	"INSERT INTO stratum VALUES (1, NULL);"                                                                        \
	"INSERT INTO margin SELECT 1, respondent, lost FROM respondents;"                                              \
	"UPDATE respondents SET weight = 1;"
static const struct config_example configs[] = {
	{ "a control is an area",
	  "{name: x, title: T, dataset: survey, kind: mean, outcome: parity, compare: [control], control: CC}", "",
	  "its control is no area of the dataset: CC", "did you mean C?" },
	{ "a control that is like no area",
	  "{name: x, title: T, dataset: survey, kind: mean, outcome: parity, compare: [control], control: Somewhere}",
	  "", "its control is no area of the dataset: Somewhere", "the code of an area, as A" },
	{ "words without an order have no trend",
	  "{name: x, title: T, dataset: survey, kind: table, outcome: words, compare: [trend]}", "",
	  "a trend is of answers that have an order", "ordinal" },
	{ "shares of every code are not drawn together",
	  "{name: x, title: T, dataset: survey, kind: share, outcome: words, shrink: yes}", "", "one mean or one share",
	  "codes" },
	{ "weights that were adjusted draw nothing together",
	  "{name: x, title: T, dataset: survey, kind: mean, outcome: parity, shrink: yes}", ADJUSTED,
	  "without the weights", "leave out `shrink`" },
	{ "nor compare by Tukey", "{name: x, title: T, dataset: survey, kind: mean, outcome: parity, compare: [tukey]}",
	  ADJUSTED, "a comparison that is unweighted", "go by the weights" },
};

static void what_cannot_be_done_is_refused(void **state)
{
	const struct config_example *example = *state;
	char *analysis = mem_print("  - %s\n", example->analysis);
	struct run run = run_more(5, analysis, example->more);
	assert_false(run.ok);
	assert_int_equal(run.err.kind, ERROR_CONFIG);
	if (!strstr(run.err.message, example->message) || !strstr(run.err.help, example->help))
		fail_msg("%s; %s", run.err.message, run.err.help);
	run_free(&run);
	free(analysis);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(what_is_asked_for_agrees_with_r),
		cmocka_unit_test(every_line_names_its_family_and_the_rule_of_its_areas),
		cmocka_unit_test(a_policy_asks_more_of_statistics_than_of_counts),
		cmocka_unit_test(areas_that_are_alike_are_drawn_to_one_and_say_so),
		cmocka_unit_test(each_line_rests_on_what_all_areas_show),
		cmocka_unit_test(an_area_below_the_threshold_hides_all_of_it),
		cmocka_unit_test(ranks_of_codes_rest_on_every_code),
		cmocka_unit_test(where_all_of_an_area_answered_alike_nothing_of_all_tells_it),
	};
	struct CMUnitTest tests[COUNT(others) + COUNT(configs)];
	size_t count = COUNT(others);
	memcpy(tests, others, sizeof others);
	ADD_EXAMPLES(tests, count, configs, what_cannot_be_done_is_refused);
	return _cmocka_run_group_tests("on_request", tests, count, NULL, NULL);
}
