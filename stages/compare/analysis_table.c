/* Kind table: rows and the codes of the outcome, with margins: counts and percentages of the row. */
#include "kinds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chi_square.h"
#include "comparison.h"
#include "mem.h"

enum { TEST_FIGURES = 3 };

/* Whether one of the columns is empty in all rows that the test takes in, though not all are. */
static bool leaves_out(const struct chi_square *test, size_t rows, size_t columns)
{
	return test->rows < rows || test->columns < columns;
}

size_t analysis_crossing(const struct analysis *analysis, const size_t *answers, size_t count, long long *counts,
                         struct analysis_rests *rests)
{
	size_t rows = 0;
	for (size_t r = 0; r < analysis->row_count; r++) {
		const struct analysis_row *row = &analysis->rows[r];
		if (strcmp(row->kind, "total") != 0) /* of every area: see the test of means */
			analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
		if (!analysis_is_tested(analysis, row))
			continue;
		for (size_t i = 0; i < count; i++) {
			counts[rows * count + i] = analysis_count(analysis, row, answers[i]);
			analysis_rest_cell(rests, analysis_cell(analysis, row, answers[i]));
		}
		rows++;
	}
	return rows;
}

void analysis_chi_square(struct analysis *analysis, const size_t *answers, size_t count)
{
	struct universe *universe = analysis->universe;
	long long *counts = mem_alloc(analysis->row_count * count, sizeof *counts);
	struct analysis_rests rests = { 0 };
	size_t rows = analysis_crossing(analysis, answers, count, counts, &rests);
	struct chi_square test = { 0 };
	enum refusal refusal = rows < 2 ? REFUSAL_FEWER_THAN_2_AREAS : chi_square(&test, counts, rows, count);
	if (refusal == REFUSAL_FEWER_THAN_2_AREAS && analysis->across)
		refusal = REFUSAL_FEWER_THAN_2_CATEGORIES;
	unsigned cautions = (analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0)
	                    | (test.least_expected < 5 ? CAUTION_EXPECTED_BELOW_5 : 0)
	                    | (leaves_out(&test, rows, count) ? CAUTION_EMPTY_CATEGORY : 0);
	char *method =
		analysis->across
			? mem_copy_text("Pearson's chi-square without continuity correction")
			: mem_print(
				"Pearson's chi-square without continuity correction over the areas where at least %d "
				"answered",
				analysis->tested_from);
	analysis_result(analysis, (struct result){ .statistic = "chi_square", .method = method, .level = NAN }, &rests,
	                refusal, cautions);
	free(method);
	free(counts);

	const char *heading = analysis->across ? "Test of independence (chi-square)" : "Test across areas (chi-square)";
	size_t line = universe_line(universe, analysis->arrangement, heading, NULL, "test");
	size_t column = universe_column(universe, analysis->arrangement, "Chi-square", NULL);
	universe_column(universe, analysis->arrangement, "df", NULL);
	universe_column(universe, analysis->arrangement, "p", NULL);
	size_t figures[TEST_FIGURES] = {
		analysis_figure(analysis, "statistic", ANALYSIS_STATISTIC_DECIMALS, test.statistic),
		analysis_figure(analysis, "df", 0, test.df),
		analysis_figure(analysis, "p", ANALYSIS_P_DECIMALS, test.p),
	};
	for (size_t i = 0; i < TEST_FIGURES; i++)
		universe_entry(universe, analysis->arrangement, line, column + i, figures[i]);
}

static size_t add_count(struct analysis *analysis, const struct analysis_row *row, size_t code)
{
	size_t cell = analysis_cell(analysis, row, analysis->answers.first_code + code);
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, cell);
	analysis_result(analysis,
	                (struct result){ .statistic = "count",
	                                 .category = analysis->outcome->codes[code].code,
	                                 .area = row->area,
	                                 .across = row->across,
	                                 .level = NAN },
	                &rests, REFUSAL_NONE, 0);
	return analysis_figure_count(analysis, cell);
}

static size_t add_percentage(struct analysis *analysis, const struct analysis_row *row, size_t code)
{
	size_t facet = analysis->answers.first_code + code;
	size_t cell = analysis_cell(analysis, row, facet),
	       base = analysis_cell(analysis, row, analysis->answers.answered);
	long long n = (long long)row->member_count;
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, cell);
	analysis_rest_cell(&rests, base);
	analysis_result(analysis,
	                (struct result){ .statistic = "percentage",
	                                 .category = analysis->outcome->codes[code].code,
	                                 .area = row->area,
	                                 .across = row->across,
	                                 .method = "per cent of the row",
	                                 .level = NAN },
	                &rests, n == 0 ? REFUSAL_BASE_EMPTY : REFUSAL_NONE, analysis_cautions(n));
	double per_cent = n ? 100 * (double)analysis_count(analysis, row, facet) / (double)n : NAN;
	return analysis_figure_share(analysis, per_cent, cell, base);
}

static void arrange(struct analysis *analysis)
{
	struct text method = { 0 };
	text_add(&method, "Counts, and per cent of the row.");
	if (analysis->config->test && analysis->across)
		text_add(&method, " Test: Pearson's chi-square without continuity correction.");
	else if (analysis->config->test)
		text_print(&method,
		           " Test: Pearson's chi-square without continuity correction over the areas where at least %d "
		           "answered.",
		           analysis->tested_from);
	if (analysis->dataset->weighted)
		text_add(&method, " Nothing in this table is weighted.");
	analysis_arrange(analysis, method.bytes);
	text_free(&method);
}

static void say(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	const struct dataset_variable *outcome = analysis->outcome;
	size_t to = analysis->arrangement;
	arrange(analysis);
	to = analysis->arrangement;
	for (size_t code = 0; code < outcome->code_count; code++) {
		universe_column(universe, to, outcome->codes[code].label, "n");
		universe_column(universe, to, outcome->codes[code].label, "%");
	}
	size_t total = universe_column(universe, to, "All answers", "n");
	for (size_t r = 0; r < analysis->row_count; r++) {
		const struct analysis_row *row = &analysis->rows[r];
		size_t line = universe_line(universe, to, row->heading, row->code, row->kind);
		for (size_t code = 0; code < outcome->code_count; code++) {
			universe_entry(universe, to, line, 2 * code + 1, add_count(analysis, row, code));
			universe_entry(universe, to, line, 2 * code + 2, add_percentage(analysis, row, code));
		}
		universe_entry(universe, to, line, total, analysis_base(analysis, row));
	}
	if (analysis->config->test) {
		size_t *codes = mem_alloc(outcome->code_count, sizeof *codes);
		for (size_t code = 0; code < outcome->code_count; code++)
			codes[code] = analysis->answers.first_code + code;
		analysis_chi_square(analysis, codes, outcome->code_count);
		if (comparison_is_any_asked(analysis) && !comparison_is_by_rank(analysis))
			comparison_beside_chi_square(analysis, codes, outcome->code_count);
		free(codes);
	}
	comparison_of_table(analysis);
}

static bool check(struct analysis *analysis, struct error *err)
{
	const char *across = analysis->config->across;
	if (!analysis_check_codes(analysis, analysis->outcome, err))
		return false;
	if (!across)
		return true;
	if (!analysis_find_variable(analysis, across, &analysis->across, err)
	    || !analysis_check_codes(analysis, analysis->across, err))
		return false;
	if (analysis->across == analysis->outcome) {
		analysis_wrong(analysis, err, "a table across its own outcome", analysis->outcome->name);
		return error_help(err, "name another variable under across");
	}
	return true;
}

const struct analysis_kind kind_table = { .begin = analysis_begin, .say = say, .check = check };
