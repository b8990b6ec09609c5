/* Datasets of several imputations: 70 people of two areas, made by a rule that tests/oracle/rubin.R has too. */
#include "testing.h"

#include "test_compare.h"

#include "audit/attacker.h"
#include "protect/protect.h"
#include "withhold/withheld.h"

enum { PEOPLE = 70, NORTH = 40, IMPUTATIONS = 4, THRESHOLD = 10, WIDTH = 3 };

static const struct example {
	const char *name;
	bool share;
	const char *area;
	double estimate, low, high, missing, df;
} examples[] = {
#include "../oracle/rubin_made_up.inc"
};

static const char description[] =
	"INSERT INTO unit VALUES ('respondent', 'respondents', 1, 0);"
	"INSERT INTO area VALUES (1, 'N', 'North'), (2, 'S', 'South');"
	"INSERT INTO variable VALUES"
	" ('imp', 1, 'Imputation', NULL, 'integer', 'nominal', NULL, NULL, NULL, 'none', 0, NULL, 1, NULL, 'imputation'),"
	" ('x', 2, 'Number', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 0, 10, 0, NULL, ''),"
	" ('c', 3, 'Code', NULL, 'code', 'binary', NULL, NULL, NULL, 'none', NULL, NULL, 0, NULL, ''),"
	" ('score', 4, 'Score', NULL, 'number', 'scale', NULL, NULL, NULL, 'none', 0, 20, 0, 'score of x', ''),"
	" ('y', 5, 'Other', NULL, 'integer', 'scale', NULL, NULL, NULL, 'none', 0, 10, 1, NULL, ''),"
	" ('area', 6, 'Area', NULL, 'code', 'nominal', NULL, NULL, NULL, 'none', NULL, NULL, 1, NULL, 'area');"
	"INSERT INTO code VALUES ('c', 1, 'no', 'No'), ('c', 2, 'yes', 'Yes');"
	"INSERT INTO reason VALUES ('x', 'not_answered'), ('c', 'not_answered'), ('score', 'not_answered');"
	"INSERT INTO made_of VALUES ('score', 'x', 0);"
	"CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL,"
	" imp INTEGER, x INTEGER, c INTEGER, score REAL, y INTEGER);";

static void add_row(struct text *sql, int id, int person, int imputation, int first)
{
	bool no_x = person % 4 == 0 && imputation == 0, no_c = person % 3 == 0 && imputation == 0;
	int x = person % 4 == 0 ? (person * 5 + imputation * 3) % 11 : person * 7 % 11;
	int c = person % 3 == 0 ? (person + imputation) % 2 : person % 2;
	char number[32], code[32];
	snprintf(number, sizeof number, no_x ? "NULL" : "%d", x);
	snprintf(code, sizeof code, no_c ? "NULL" : "%d", 1 + c);
	text_print(sql, "INSERT INTO respondents VALUES (%d, NULL, %d, NULL, %d, %s, %s, %s, %d);", id,
	           person <= NORTH ? 1 : 2, imputation, number, code, number, person % 7);
	if (no_x)
		text_print(sql, "INSERT INTO missing VALUES ('x', %d, 'not_answered'), ('score', %d, 'not_answered');",
		           id, id);
	if (no_c)
		text_print(sql, "INSERT INTO missing VALUES ('c', %d, 'not_answered');", id);
	if (first != id)
		text_print(sql, "INSERT INTO again VALUES (%d, %d);", id, first);
}

/* A deidentified.db of imputations from..to, then of `more` SQL. Free the path with free(). */
static char *write_dataset(int from, int to, const char *more)
{
	struct text sql = { 0 };
	int id = 0;
	text_add(&sql, description);
	for (int imputation = from; imputation <= to; imputation++)
		for (int person = 1; person <= PEOPLE; person++) {
			id++;
			add_row(&sql, id, person, imputation, person);
		}
	text_add(&sql, more);
	return test_deidentified(&sql);
}

static struct run run_on(const char *analyses, int from, int to, const char *more)
{
	char *path = write_dataset(from, to, more);
	char *yaml =
		mem_print("study: {name: made-up, title: Made up, synthetic: yes, date: 2026-01-01}\n"
	                  "datasets: [{name: survey, kind: responses, unit: {name: respondent}, dictionary: nowhere}]\n"
	                  "disclosure: {policy: p, threshold: %d, min_width: %d}\n"
	                  "analyses:\n%s",
	                  THRESHOLD, WIDTH, analyses);
	struct run run = run_study(yaml, path, true);
	free(path);
	free(yaml);
	return run;
}

static struct run run_ok(const char *analyses, int from, int to)
{
	struct run run = run_on(analyses, from, to, "");
	assert_ok(run.ok, &run.err);
	return run;
}

#define MEAN "  - {name: mean, title: Mean, dataset: survey, kind: mean, outcome: x}\n"
#define SHARE "  - {name: share, title: Share, dataset: survey, kind: share, outcome: c, codes: [\"yes\"]}\n"

static const struct result *line_of(const struct universe *universe, const char *analysis, const char *statistic,
                                    const char *area)
{
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		if (strcmp(result->analysis, analysis) == 0 && strcmp(result->statistic, statistic) == 0
		    && text_equal(result->area, area))
			return result;
	}
	fail_msg("no line %s %s", analysis, statistic);
	return NULL;
}

static double figure_of(const struct universe *universe, const struct result *line, const char *name)
{
	for (size_t i = 0; i < universe->figure_count; i++)
		if (universe->figures[i].result == (size_t)(line - universe->results) + 1
		    && strcmp(universe->figures[i].name, name) == 0)
			return universe->figures[i].value;
	fail_msg("no figure %s", name);
	return 0;
}

static size_t lines_of(const struct universe *universe, const char *statistic)
{
	size_t count = 0;
	for (size_t i = 0; i < universe->result_count; i++)
		count += strcmp(universe->results[i].statistic, statistic) == 0;
	return count;
}

static bool rests_on(const struct universe *universe, const struct result *line, const char *condition)
{
	size_t cell = universe_find(universe, condition);
	if (!cell)
		fail_msg("no cell %s", condition);
	for (size_t i = 0; i < line->cell_count; i++)
		if (universe->rests[line->first_cell + i] == cell)
			return true;
	return false;
}

/* --- estimates --- */

static void estimates_agree_with_mice(void **state)
{
	const struct example *example = *state;
	struct run run = run_ok(MEAN SHARE, 0, IMPUTATIONS);
	const char *analysis = example->share ? "share" : "mean";
	const struct result *line =
		line_of(run.universe, analysis, example->share ? "pooled_share" : "pooled_mean", example->area);
	assert_close(figure_of(run.universe, line, "estimate"), example->estimate, 1e-12);
	assert_close(figure_of(run.universe, line, "low"), example->low, 1e-10);
	assert_close(figure_of(run.universe, line, "high"), example->high, 1e-10);
	line = line_of(run.universe, analysis, "missing_information", example->area);
	assert_close(figure_of(run.universe, line, "estimate"), example->missing, 1e-10);
	assert_close(figure_of(run.universe, line, "df"), example->df, 1e-10);
	run_free(&run);
}

static void people_are_counted_once(void **state)
{
	(void)state;
	struct run run = run_ok(MEAN SHARE, 0, IMPUTATIONS);
	const struct universe *universe = run.universe;
	assert_close(figure_of(universe, line_of(universe, "mean", "count", "N"), "n"), NORTH, 0);
	assert_close(figure_of(universe, line_of(universe, "mean", "count", NULL), "n"), PEOPLE, 0);
	assert_close(figure_of(universe, line_of(universe, "mean", "observed", "N"), "n"), 30, 0);
	assert_close(figure_of(universe, line_of(universe, "share", "observed", NULL), "n"), PEOPLE - 23, 0);
	assert_int_equal(lines_of(universe, "mean") + lines_of(universe, "share") + lines_of(universe, "welch_anova")
	                         + lines_of(universe, "chi_square"),
	                 0);
	run_free(&run);
}

static void a_pooled_line_rests_on_every_imputation(void **state)
{
	(void)state;
	struct run run = run_ok(MEAN SHARE, 0, IMPUTATIONS);
	const struct universe *universe = run.universe;
	const struct result *share = line_of(universe, "share", "pooled_share", "N"),
			    *mean = line_of(universe, "mean", "pooled_mean", "N"),
			    *missing = line_of(universe, "mean", "missing_information", "N");
	for (int i = 1; i <= IMPUTATIONS; i++) {
		char *yes = mem_print("survey & imp=%d & area=N & c=yes", i),
		     *no = mem_print("survey & imp=%d & area=N & c!=yes", i),
		     *answered = mem_print("survey & imp=%d & area=N & x:answered", i);
		assert_true(rests_on(universe, share, yes));
		assert_true(rests_on(universe, share, no));
		assert_true(rests_on(universe, mean, answered));
		free(yes);
		free(no);
		free(answered);
	}
	assert_int_equal(mean->measure_count, IMPUTATIONS);
	assert_true(rests_on(universe, missing, "survey & imp=0 & area=N & x:missing"));
	assert_false(rests_on(universe, mean, "survey & imp=0 & area=N & x:missing"));
	/* a share is no count */
	for (size_t i = 0; i < universe->figure_count; i++)
		if (universe->figures[i].result == (size_t)(share - universe->results) + 1)
			assert_int_equal(universe->figures[i].numerator, 0);
	run_free(&run);
}

static void without_the_answers_as_collected_it_is_not_said_how_many_are_imputed(void **state)
{
	(void)state;
	struct run run = run_ok(MEAN, 1, IMPUTATIONS);
	assert_close(figure_of(run.universe, line_of(run.universe, "mean", "pooled_mean", "N"), "estimate"),
	             examples[0].estimate, 1e-12);
	assert_int_equal(lines_of(run.universe, "observed"), 0);
	assert_int_equal(lines_of(run.universe, "missing_information"), 0);
	run_free(&run);
}

static void one_imputation_is_too_few(void **state)
{
	(void)state;
	struct run run = run_ok(MEAN, 0, 1);
	const struct result *line = line_of(run.universe, "mean", "pooled_mean", "N");
	assert_int_equal(line->status, RESULT_REFUSED);
	assert_string_equal(line->reason, "fewer-than-2-imputations");
	run_free(&run);
}

static void answers_that_are_all_the_same_have_no_interval(void **state)
{
	(void)state;
	struct run run = run_on(MEAN, 0, IMPUTATIONS, "UPDATE respondents SET x = 3 WHERE area = 1 AND x IS NOT NULL;");
	assert_ok(run.ok, &run.err);
	assert_string_equal(line_of(run.universe, "mean", "pooled_mean", "N")->reason, "zero-variance");
	run_free(&run);
	/* the same in one imputation only */
	run = run_on(MEAN, 0, IMPUTATIONS, "UPDATE respondents SET x = 3 WHERE area = 1 AND imp = 2;");
	assert_ok(run.ok, &run.err);
	assert_int_equal(line_of(run.universe, "mean", "pooled_mean", "N")->status, RESULT_OK);
	run_free(&run);
}

static void an_area_of_one_has_no_spread(void **state)
{
	(void)state;
	struct run run =
		run_on(MEAN, 0, IMPUTATIONS, "UPDATE respondents SET area = 2 WHERE (respondent - 1) % 70 > 0;");
	assert_ok(run.ok, &run.err);
	assert_string_equal(line_of(run.universe, "mean", "pooled_mean", "N")->reason, "n-below-2");
	run_free(&run);
}

static void a_filter_by_the_imputation_is_the_way_of_every_other_kind(void **state)
{
	(void)state;
	struct run run = run_ok(
		"  - {name: mean, title: M, dataset: survey, kind: mean, outcome: x, filter: imp = 0}\n"
		"  - {name: table, title: T, dataset: survey, kind: table, outcome: c, filter: imp = 0}\n"
		"  - {name: gaps, title: G, dataset: survey, kind: missing, variables: [x, c], filter: imp = 0}\n",
		0, IMPUTATIONS);
	assert_close(figure_of(run.universe, line_of(run.universe, "mean", "count", "N"), "n"), 30, 0);
	assert_close(figure_of(run.universe, line_of(run.universe, "gaps", "unanswered", "N"), "n"), 10, 0);
	assert_int_equal(lines_of(run.universe, "pooled_mean"), 0);
	run_free(&run);
}

/* --- what is refused --- */

static const struct refusal_example {
	const char *name, *analyses, *more;
	int from, to;
	enum error_kind kind;
	const char *words;
} refusals[] = {
	{ "other kinds are refused without a filter",
	  "  - {name: t, title: T, dataset: survey, kind: table, outcome: c}\n", "", 0, 4, ERROR_CONFIG,
	  "one key has several rows" },
	{ "accounts are refused", "  - {name: t, title: T, dataset: survey, kind: accounts}\n", "", 0, 4, ERROR_CONFIG,
	  "one key has several rows" },
	{ "a comparison of areas is refused",
	  "  - {name: m, title: M, dataset: survey, kind: mean, outcome: x, compare: [pairs]}\n", "", 0, 4,
	  ERROR_CONFIG, "cannot be compared" },
	{ "shrinking is refused", "  - {name: m, title: M, dataset: survey, kind: mean, outcome: x, shrink: yes}\n", "",
	  0, 4, ERROR_CONFIG, "shrink" },
	{ "another interval is refused",
	  "  - {name: m, title: M, dataset: survey, kind: share, outcome: c, interval: jeffreys}\n", "", 0, 4,
	  ERROR_CONFIG, "the logit" },
	{ "a mean of the imputation is refused", "  - {name: m, title: M, dataset: survey, kind: mean, outcome: imp}\n",
	  "", 0, 4, ERROR_CONFIG, "the imputation itself" },
	{ "a question with a route is refused", MEAN, "INSERT INTO routed VALUES ('x');", 0, 4, ERROR_CONFIG, "asked" },
	{ "no imputation but the answers as collected is refused", MEAN, "", 0, 0, ERROR_CONFIG, "none but 0" },
	{ "weights are refused", MEAN, "UPDATE respondents SET weight = 1 + respondent % 3;", 0, 4, ERROR_CONFIG,
	  "weights or a design" },
	{ "somebody without a row in one imputation is refused", MEAN, "DELETE FROM respondents WHERE respondent = 75;",
	  0, 4, ERROR_INPUT, "one row in each" },
	{ "other people in one imputation are refused", MEAN, "UPDATE again SET first = 1 WHERE respondent = 75;", 0, 4,
	  ERROR_INPUT, "one row in each" },
	{ "somebody of two areas is refused", MEAN, "UPDATE respondents SET area = 2 WHERE respondent = 75;", 0, 4,
	  ERROR_INPUT, "different areas" },
	{ "an answer that one imputation lacks is refused", MEAN,
	  "UPDATE respondents SET x = NULL WHERE respondent = 75; INSERT INTO missing VALUES ('x', 75, 'not_answered');",
	  0, 4, ERROR_INPUT, "in some of them only" },
	{ "pooled figures beside those of one imputation are refused",
	  MEAN "  - {name: s, title: S, dataset: survey, kind: share, outcome: c, filter: imp = 0}\n", "", 0, 4,
	  ERROR_CONFIG, "how few did not answer" },
	{ "pooled figures of a variable and of what is made of it are refused",
	  MEAN "  - {name: s, title: S, dataset: survey, kind: mean, outcome: score}\n", "", 0, 4, ERROR_CONFIG,
	  "made of the same answers" },
};

static void is_refused(void **state)
{
	const struct refusal_example *example = *state;
	struct run run = run_on(example->analyses, example->from, example->to, example->more);
	assert_false(run.ok);
	assert_int_equal(run.err.kind, example->kind);
	if (!strstr(run.err.message, example->words))
		fail_msg("%s", run.err.message);
	assert_true(strlen(run.err.help) > 0);
	run_free(&run);
}

/* --- what is shown --- */

static void nobody_can_work_out_a_hidden_count(void **state)
{
	(void)state;
	struct run run =
		run_on(MEAN SHARE, 0, IMPUTATIONS,
	               "UPDATE respondents SET c = 1 WHERE area = 1 AND (respondent - 1) % 70 > 5 AND imp > 0;");
	assert_ok(run.ok, &run.err);
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	const struct study_disclosure policy = { .threshold = THRESHOLD, .min_width = WIDTH, .reach = true };
	assert_ok(protect_universe(&decisions, NULL, run.universe, &policy, &err), &err);
	bool *hidden = mem_alloc(run.universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < run.universe->cell_count; i++)
		hidden[i] = decisions[i].hidden;
	struct universe *shown = withheld_universe(run.universe, &(struct withholding){ .hidden = hidden });
	struct attacker *attacker = attacker_new();
	attacker_universe(attacker, shown, &(struct attacker_policy){ .zeros_shown = true, .threshold = THRESHOLD });
	assert_ok(attacker_run(attacker, &err), &err);
	size_t unsafe = 0;
	for (size_t i = 0; i < run.universe->cell_count; i++) {
		const struct cell *cell = &run.universe->cells[i];
		struct interval interval = { 0 };
		assert_true(attacker_interval(attacker, cell->condition, NULL, &interval));
		assert_true(interval.least <= (double)cell->n && interval.most >= (double)cell->n);
		if (!decisions[i].unsafe)
			continue;
		assert_true(interval.most >= THRESHOLD && interval.most - interval.least >= WIDTH);
		unsafe++;
	}
	assert_true(unsafe >= IMPUTATIONS);
	/* of North some 3 gave the code in each: no share of it, and none of South that would tell it from all */
	assert_int_equal(line_of(shown, "share", "pooled_share", "N")->status, RESULT_HIDDEN);
	bool south = line_of(shown, "share", "pooled_share", "S")->status == RESULT_OK,
	     all = line_of(shown, "share", "pooled_share", NULL)->status == RESULT_OK;
	assert_false(south && all);
	assert_int_equal(line_of(shown, "mean", "pooled_mean", "N")->status, RESULT_OK);
	/* 7 of South were imputed: neither is told how many answered, nor how much is missing */
	assert_int_equal(line_of(shown, "mean", "observed", "S")->status, RESULT_HIDDEN);
	assert_int_equal(line_of(shown, "mean", "missing_information", "S")->status, RESULT_HIDDEN);
	attacker_free(attacker);
	universe_free(shown);
	free(hidden);
	free(decisions);
	run_free(&run);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(people_are_counted_once),
		cmocka_unit_test(a_pooled_line_rests_on_every_imputation),
		cmocka_unit_test(without_the_answers_as_collected_it_is_not_said_how_many_are_imputed),
		cmocka_unit_test(one_imputation_is_too_few),
		cmocka_unit_test(answers_that_are_all_the_same_have_no_interval),
		cmocka_unit_test(an_area_of_one_has_no_spread),
		cmocka_unit_test(a_filter_by_the_imputation_is_the_way_of_every_other_kind),
		cmocka_unit_test(nobody_can_work_out_a_hidden_count),
	};
	struct CMUnitTest tests[COUNT(others) + COUNT(examples) + COUNT(refusals)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(others); i++)
		tests[count++] = others[i];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name,
			                              .test_func = estimates_agree_with_mice,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ .name = refusals[i].name,
			                              .test_func = is_refused,
			                              .initial_state = (void *)&refusals[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
