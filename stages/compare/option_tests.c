#include "option_tests.h"

#include <math.h>
#include <stdlib.h>

#include "adjust.h"
#include "chi_square.h"
#include "mem.h"

enum { ANSWERS = 2, TEST_FIGURES = 3, HOLM_COLUMN = TEST_FIGURES + 1 };

struct tests {
	struct analysis *analysis;
	const struct tested_option *options;
	size_t count, arrangement;
	char *family; /* the arrangement's name */
	struct chi_square *tests;
	enum refusal *refusals;
	double *p, *holm; /* NaN: refused */
	size_t family_size;
};

static enum refusal run(struct chi_square *test, const struct analysis *analysis, const struct tested_option *option)
{
	long long *counts = mem_alloc(analysis->row_count * ANSWERS, sizeof *counts);
	struct analysis_rests rests = { 0 };
	size_t rows = analysis_crossing(analysis, option->answers, ANSWERS, counts, &rests);
	enum refusal refusal = rows < 2 ? REFUSAL_FEWER_THAN_2_AREAS : chi_square(test, counts, rows, ANSWERS);
	free(counts);
	free(rests.cells);
	free(rests.measures);
	return refusal;
}

static void run_all(struct tests *tests)
{
	for (size_t i = 0; i < tests->count; i++) {
		tests->refusals[i] = run(&tests->tests[i], tests->analysis, &tests->options[i]);
		tests->p[i] = tests->refusals[i] ? NAN : tests->tests[i].p;
		tests->family_size += !isnan(tests->p[i]);
	}
	adjust_holm(tests->holm, tests->p, tests->count);
}

/* --- what a line rests on --- */

/* Who answered and who ticked it, of every area: who did not tick it follows. */
static void rest_on(const struct analysis *analysis, const struct tested_option *option, struct analysis_rests *rests)
{
	for (size_t r = 0; r + 1 < analysis->row_count; r++) {
		const struct analysis_row *row = &analysis->rows[r];
		analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
		if (analysis_is_tested(analysis, row))
			analysis_rest_cell(rests, analysis_cell(analysis, row, option->answers[0]));
	}
}

static unsigned cautions_of(const struct tests *tests, size_t option)
{
	return (tests->analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0)
	       | (tests->tests[option].least_expected < 5 ? CAUTION_EXPECTED_BELOW_5 : 0);
}

/* --- lines --- */

static void say_test(const struct tests *tests, size_t option, size_t line)
{
	struct analysis *analysis = tests->analysis;
	const struct chi_square *test = &tests->tests[option];
	struct analysis_rests rests = { 0 };
	rest_on(analysis, &tests->options[option], &rests);
	char *method = mem_print(
		"Pearson's chi-square without continuity correction over the areas where at least %d answered",
		analysis->tested_from);
	analysis_result(analysis,
	                (struct result){ .statistic = "chi_square",
	                                 .category = tests->options[option].category,
	                                 .method = method,
	                                 .level = NAN },
	                &rests, tests->refusals[option], cautions_of(tests, option));
	free(method);
	const size_t figures[TEST_FIGURES] = {
		analysis_figure(analysis, "statistic", ANALYSIS_STATISTIC_DECIMALS, test->statistic),
		analysis_figure(analysis, "df", 0, test->df),
		analysis_figure(analysis, "p", ANALYSIS_P_DECIMALS, test->p),
	};
	for (size_t i = 0; i < TEST_FIGURES; i++)
		universe_entry(analysis->universe, tests->arrangement, line, i + 1, figures[i]);
}

static void say_adjusted(const struct tests *tests, size_t option, size_t line)
{
	struct analysis *analysis = tests->analysis;
	struct analysis_rests rests = { 0 };
	for (size_t i = 0; i < tests->count; i++)
		rest_on(analysis, &tests->options[i], &rests);
	char *method =
		mem_print("Holm's adjustment for all tests of this table over the areas where at least %d answered",
	                  analysis->tested_from);
	analysis_result(analysis,
	                (struct result){ .statistic = "p_holm",
	                                 .category = tests->options[option].category,
	                                 .method = method,
	                                 .level = NAN,
	                                 .family = tests->family,
	                                 .family_size = tests->family_size },
	                &rests, tests->refusals[option], cautions_of(tests, option));
	free(method);
	universe_entry(analysis->universe, tests->arrangement, line, HOLM_COLUMN,
	               analysis_figure(analysis, "p_adjusted", ANALYSIS_P_DECIMALS, tests->holm[option]));
}

static size_t arrange(const struct analysis *analysis)
{
	char *method =
		mem_print("Of each option, Pearson's chi-square without continuity correction between the areas where "
	                  "at least %d answered and whether it was ticked. p-values are adjusted for all options by "
	                  "Holm (the chance of any false finding).%s",
	                  analysis->tested_from,
	                  analysis_untested(analysis, " Nothing in this table is weighted.",
	                                    " Nothing in this table uses the sample's design."));
	size_t arrangement = analysis_begin_part(
		analysis,
		(struct analysis_part){ .part = "tests", .about = "each option across the areas", .method = method });
	free(method);
	static const char *const headings[] = { "Chi-square", "df", "p", "p (Holm)" };
	for (size_t i = 0; i < COUNT(headings); i++)
		universe_column(analysis->universe, arrangement, headings[i], NULL);
	return arrangement;
}

void option_tests(struct analysis *analysis, const struct tested_option *options, size_t count)
{
	struct tests tests = {
		.analysis = analysis,
		.options = options,
		.count = count,
		.arrangement = arrange(analysis),
		.family = mem_print("%s.tests", analysis->config->name),
		.tests = mem_alloc(count, sizeof *tests.tests),
		.refusals = mem_alloc(count, sizeof *tests.refusals),
		.p = mem_alloc(count, sizeof *tests.p),
		.holm = mem_alloc(count, sizeof *tests.holm),
	};
	run_all(&tests);
	for (size_t i = 0; i < count; i++) {
		size_t line = universe_line(analysis->universe, tests.arrangement, options[i].label,
		                            options[i].category, "test");
		say_test(&tests, i, line);
		say_adjusted(&tests, i, line);
	}
	free(tests.family);
	free(tests.tests);
	free(tests.refusals);
	free(tests.p);
	free(tests.holm);
}
