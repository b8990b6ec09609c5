#include "option_tests.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "adjust.h"
#include "chi_square.h"
#include "margin_groups.h"
#include "mem.h"

enum { ANSWERS = 2 };

/* One option's: chi-square, or Rao and Scott's F, which has df2 too. */
struct option_test {
	double statistic, df, df2, p;
	unsigned cautions;
};

struct tests {
	struct analysis *analysis;
	const struct tested_option *options;
	size_t count, arrangement;
	char *family; /* the arrangement's name */
	struct option_test *tests;
	bool by_design;
	enum refusal *refusals;
	double *p, *holm; /* NaN: refused */
	size_t family_size;
};

static enum refusal run_by_design(struct option_test *test, const struct analysis *analysis,
                                  const struct tested_option *option)
{
	struct rao_scott found = { 0 };
	enum refusal refusal = analysis_rao_scott(&found, analysis, option->answers, ANSWERS);
	*test = (struct option_test){ found.statistic, found.df, found.df2, found.p,
		                      (found.least_expected < 5 ? CAUTION_EXPECTED_BELOW_5 : 0)
		                              | (found.design_df < 8 ? CAUTION_DESIGN_DF_BELOW_8 : 0) };
	return refusal;
}

static enum refusal run(struct option_test *test, const struct analysis *analysis, const struct tested_option *option)
{
	struct chi_square found = { 0 };
	long long *counts = mem_alloc(analysis->row_count * ANSWERS, sizeof *counts);
	struct analysis_rests rests = { 0 };
	size_t rows = analysis_crossing(analysis, option->answers, ANSWERS, counts, &rests);
	enum refusal refusal = rows < 2 ? REFUSAL_FEWER_THAN_2_AREAS : chi_square(&found, counts, rows, ANSWERS);
	*test = (struct option_test){ found.statistic, found.df, NAN, found.p,
		                      (analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0)
		                              | (found.least_expected < 5 ? CAUTION_EXPECTED_BELOW_5 : 0) };
	free(counts);
	free(rests.cells);
	free(rests.measures);
	return refusal;
}

static void run_all(struct tests *tests)
{
	for (size_t i = 0; i < tests->count; i++) {
		tests->refusals[i] =
			(tests->by_design ? run_by_design : run)(&tests->tests[i], tests->analysis, &tests->options[i]);
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
	const size_t answers[] = { analysis->answers.answered, option->answers[0] };
	margin_groups_rest(analysis, &analysis->rows[analysis->row_count - 1], answers, COUNT(answers), rests);
}

/* --- lines --- */

static void say_test(const struct tests *tests, size_t option, size_t line)
{
	struct analysis *analysis = tests->analysis;
	const struct option_test *test = &tests->tests[option];
	struct analysis_rests rests = { 0 };
	rest_on(analysis, &tests->options[option], &rests);
	char *method = mem_print("%s over the areas where at least %d answered",
	                         tests->by_design ? "Rao and Scott's F of the weighted shares, by the sample's design"
	                                          : "Pearson's chi-square without continuity correction",
	                         analysis->tested_from);
	analysis_result(analysis,
	                (struct result){ .statistic = tests->by_design ? "rao_scott" : "chi_square",
	                                 .category = tests->options[option].category,
	                                 .method = method,
	                                 .weight = tests->by_design ? analysis->dataset->weight : NULL,
	                                 .level = NAN },
	                &rests, tests->refusals[option], test->cautions);
	free(method);
	size_t column = 1;
	const struct {
		const char *name;
		int decimals;
		double value;
	} figures[] = { { "statistic", ANALYSIS_STATISTIC_DECIMALS, test->statistic },
		        { "df", tests->by_design ? ANALYSIS_DF2_DECIMALS : 0, test->df },
		        { "df2", ANALYSIS_DF2_DECIMALS, test->df2 },
		        { "p", ANALYSIS_P_DECIMALS, test->p } };
	for (size_t i = 0; i < COUNT(figures); i++)
		if (tests->by_design || strcmp(figures[i].name, "df2") != 0)
			universe_entry(
				analysis->universe, tests->arrangement, line, column++,
				analysis_figure(analysis, figures[i].name, figures[i].decimals, figures[i].value));
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
	                                 .weight = tests->by_design ? analysis->dataset->weight : NULL,
	                                 .level = NAN,
	                                 .family = tests->family,
	                                 .family_size = tests->family_size },
	                &rests, tests->refusals[option], tests->tests[option].cautions);
	free(method);
	universe_entry(analysis->universe, tests->arrangement, line, tests->by_design ? 5 : 4,
	               analysis_figure(analysis, "p_adjusted", ANALYSIS_P_DECIMALS, tests->holm[option]));
}

static size_t arrange(const struct analysis *analysis, bool by_design)
{
	char *method =
		mem_print("Of each option, %s between the areas where at least %d answered and whether it was ticked. "
	                  "p-values are adjusted for all options by Holm (the chance of any false finding).%s",
	                  by_design ? "Rao and Scott's F, by weights and design,"
	                            : "Pearson's chi-square without continuity correction",
	                  analysis->tested_from,
	                  by_design ? ""
	                            : analysis_untested(analysis, " Nothing in this table is weighted.",
	                                                " Nothing in this table uses the sample's design."));
	size_t arrangement = analysis_begin_part(
		analysis,
		(struct analysis_part){ .part = "tests", .about = "each option across the areas", .method = method });
	free(method);
	static const char *const headings[][5] = { { "Chi-square", "df", "p", "p (Holm)" },
		                                   { "F", "df", "df 2", "p", "p (Holm)" } };
	for (size_t i = 0; i < COUNT(headings[by_design]) && headings[by_design][i]; i++)
		universe_column(analysis->universe, arrangement, headings[by_design][i], NULL);
	return arrangement;
}

void option_tests(struct analysis *analysis, const struct tested_option *options, size_t count)
{
	bool by_design = analysis_is_by_design(analysis);
	struct tests tests = {
		.by_design = by_design,
		.analysis = analysis,
		.options = options,
		.count = count,
		.arrangement = arrange(analysis, by_design),
		.family = mem_print("%s.tests", analysis->config->name),
		.tests = mem_alloc(count, sizeof *tests.tests),
		.refusals = mem_alloc(count, sizeof *tests.refusals),
		.p = mem_alloc(count, sizeof *tests.p),
		.holm = mem_alloc(count, sizeof *tests.holm),
	};
	run_all(&tests);
	for (size_t i = 0; i < count; i++) {
		size_t line = universe_line(analysis->universe, tests.arrangement, options[i].label,
		                            options[i].category, "option");
		say_test(&tests, i, line);
		say_adjusted(&tests, i, line);
	}
	free(tests.family);
	free(tests.tests);
	free(tests.refusals);
	free(tests.p);
	free(tests.holm);
}
