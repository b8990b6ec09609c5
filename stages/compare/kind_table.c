/* Kind table: rows and the codes of the outcome, with margins: counts and percentages of the row. The test of a table,
 * which a share has too: Pearson's chi-square, or Rao and Scott's F where there are weights or a design. */
#include "kinds.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "chi_square.h"
#include "comparison.h"
#include "margin_groups.h"
#include "mem.h"

enum { TEST_FIGURES = 4 };

/* How many of the facets a test rests on. Who did not give the answer that is counted follows from who answered and who
 * gave it; where no other line tells of them, a line that asked for them would only have others hidden. */
static size_t rested_on(const struct analysis *analysis, size_t count)
{
	return analysis->group && analysis_is_weighted_only(analysis) ? 1 : count;
}

size_t analysis_crossing(const struct analysis *analysis, const size_t *answers, size_t count, long long *counts,
                         struct analysis_rests *rests)
{
	const struct analysis_row *total = &analysis->rows[analysis->row_count - 1];
	size_t rows = 0;
	margin_groups_rest(analysis, total, &analysis->answers.answered, 1, rests);
	margin_groups_rest(analysis, total, answers, rested_on(analysis, count), rests);
	for (size_t r = 0; r < analysis->row_count; r++) {
		const struct analysis_row *row = &analysis->rows[r];
		if (strcmp(row->kind, "total") != 0) /* of every area: see the test of means */
			analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
		if (!analysis_is_tested(analysis, row))
			continue;
		for (size_t i = 0; i < count; i++) {
			counts[rows * count + i] = analysis_count(analysis, row, answers[i]);
			if (i < rested_on(analysis, count))
				analysis_rest_cell(rests, analysis_cell(analysis, row, answers[i]));
		}
		rows++;
	}
	return rows;
}

/* --- the test --- */

struct test {
	const char *statistic, *method, *name;
	enum refusal refusal;
	unsigned cautions;
	struct {
		const char *name, *heading;
		int decimals;
		double value;
	} figures[TEST_FIGURES];
	size_t figure_count;
};

static unsigned test_cautions(double least_expected, size_t rows_held, size_t rows, size_t columns_held, size_t columns)
{
	return (least_expected < 5 ? CAUTION_EXPECTED_BELOW_5 : 0)
	       | (rows_held < rows || columns_held < columns ? CAUTION_EMPTY_CATEGORY : 0);
}

/* Rows that no test can take in are areas, or those of a table across a variable. */
static enum refusal in_words_of(const struct analysis *analysis, enum refusal refusal)
{
	return refusal == REFUSAL_FEWER_THAN_2_AREAS && analysis->across ? REFUSAL_FEWER_THAN_2_CATEGORIES : refusal;
}

static struct test test_plainly(const struct analysis *analysis, const long long *counts, size_t rows, size_t count)
{
	struct chi_square found = { 0 };
	enum refusal refusal = rows < 2 ? REFUSAL_FEWER_THAN_2_AREAS : chi_square(&found, counts, rows, count);
	return (struct test){
		.statistic = "chi_square",
		.method = "Pearson's chi-square without continuity correction",
		.name = "chi-square",
		.refusal = in_words_of(analysis, refusal),
		.cautions = test_cautions(found.least_expected, found.rows, rows, found.columns, count)
		            | (analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0),
		.figures = { { "statistic", "Chi-square", ANALYSIS_STATISTIC_DECIMALS, found.statistic },
		             { "df", "df", 0, found.df },
		             { "p", "p", ANALYSIS_P_DECIMALS, found.p } },
		.figure_count = 3,
	};
}

/* On which of the facets `answers` each position of the outcome stands. Free with free(). */
static size_t *places_of(const struct analysis *analysis, const size_t *answers, size_t count)
{
	size_t *place = mem_alloc(analysis->answers.atom_count, sizeof *place);
	for (size_t i = 0; i < analysis->answers.atom_count; i++)
		place[i] = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		const struct axis_facet *facet = &analysis->answers.facets[answers[i]];
		for (size_t j = 0; j < facet->atom_count; j++)
			place[facet->atoms[j]] = i;
	}
	return place;
}

/* Where `place` has the respondent: of several options that may be ticked, on one position of those where he or she
 * stands. */
static size_t place_in(const struct analysis *analysis, const size_t *place, size_t respondent)
{
	size_t found = SIZE_MAX;
	if (!analysis->places)
		return place[analysis->sample->outcome[respondent]];
	for (size_t p = analysis->answers.first[respondent]; p < analysis->answers.first[respondent + 1]; p++)
		if (place[analysis->places[p]] != SIZE_MAX)
			found = place[analysis->places[p]];
	return found;
}

enum refusal analysis_rao_scott(struct rao_scott *test, const struct analysis *analysis, const size_t *answers,
                                size_t count)
{
	size_t all = analysis->rows[analysis->row_count - 1].member_count, rows = 0, n = 0;
	size_t *member = mem_alloc(all, sizeof *member), *row = mem_alloc(all, sizeof *row),
	       *column = mem_alloc(all, sizeof *column), *place = places_of(analysis, answers, count);
	for (size_t r = 0; r < analysis->row_count; r++) {
		const struct analysis_row *of = &analysis->rows[r];
		if (!analysis_is_tested(analysis, of))
			continue;
		for (size_t i = 0; i < of->member_count; i++, n++) {
			member[n] = analysis->members[of->first_member + i];
			row[n] = rows;
			column[n] = place_in(analysis, place, member[n]);
			assert(column[n] != SIZE_MAX);
		}
		rows++;
	}
	*test = (struct rao_scott){ 0 };
	enum refusal refusal =
		rows < 2 ? REFUSAL_FEWER_THAN_2_AREAS
			 : rao_scott(test, &analysis->dataset->design, row, column, rows, count, member, n);
	free(member);
	free(row);
	free(column);
	free(place);
	return in_words_of(analysis, refusal);
}

static struct test test_by_design(const struct analysis *analysis, const size_t *answers, size_t count, size_t rows)
{
	struct rao_scott found = { 0 };
	enum refusal refusal = analysis_rao_scott(&found, analysis, answers, count);
	return (struct test){
		.statistic = "rao_scott",
		.method = "Rao and Scott's F of the weighted shares, by the sample's design",
		.name = "Rao-Scott",
		.refusal = refusal,
		.cautions = test_cautions(found.least_expected, found.rows, rows, found.columns, count)
		            | (found.design_df < 8 ? CAUTION_DESIGN_DF_BELOW_8 : 0),
		.figures = { { "statistic", "F", ANALYSIS_STATISTIC_DECIMALS, found.statistic },
		             { "df", "df", ANALYSIS_DF2_DECIMALS, found.df },
		             { "df2", "df 2", ANALYSIS_DF2_DECIMALS, found.df2 },
		             { "p", "p", ANALYSIS_P_DECIMALS, found.p } },
		.figure_count = 4,
	};
}

static void say_test(struct analysis *analysis, const struct test *test)
{
	struct universe *universe = analysis->universe;
	char *heading =
		mem_print("%s (%s)", analysis->across ? "Test of independence" : "Test across areas", test->name);
	size_t line = universe_line(universe, analysis->arrangement, heading, NULL, "test");
	for (size_t i = 0; i < test->figure_count; i++) {
		size_t figure = analysis_figure(analysis, test->figures[i].name, test->figures[i].decimals,
		                                test->figures[i].value);
		size_t column = universe_column(universe, analysis->arrangement, test->figures[i].heading, NULL);
		universe_entry(universe, analysis->arrangement, line, column, figure);
	}
	free(heading);
}

void analysis_chi_square(struct analysis *analysis, const size_t *answers, size_t count)
{
	long long *counts = mem_alloc(analysis->row_count * count, sizeof *counts);
	struct analysis_rests rests = { 0 };
	size_t rows = analysis_crossing(analysis, answers, count, counts, &rests);
	bool by_design = analysis_is_by_design(analysis);
	struct test test = by_design ? test_by_design(analysis, answers, count, rows)
	                             : test_plainly(analysis, counts, rows, count);
	if (by_design)
		analysis_rest_design(analysis, &analysis->rows[analysis->row_count - 1], &rests);
	char *method = analysis->across ? mem_copy_text(test.method)
	                                : mem_print("%s over the areas where at least %d answered", test.method,
	                                            analysis->tested_from);
	analysis_result(analysis,
	                (struct result){ .statistic = test.statistic,
	                                 .method = method,
	                                 .weight = by_design ? analysis->dataset->weight : NULL,
	                                 .level = NAN },
	                &rests, test.refusal, test.cautions);
	say_test(analysis, &test);
	free(method);
	free(counts);
}

void analysis_say_chi_square(const struct analysis *analysis, struct text *method)
{
	if (analysis_is_by_design(analysis))
		text_add(method, " Test: Rao and Scott's F, by weights and design");
	else
		text_print(method, " Test: Pearson's chi-square without continuity correction%s",
		           analysis_untested(analysis, " and without the weights", " and without the design"));
	if (!analysis->across)
		text_print(method, " over the areas where at least %d answered", analysis->tested_from);
	text_add(method, ".");
}

/* --- counts and percentages --- */

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
	if (analysis->dataset->weighted)
		text_add(&method, " Neither is weighted.");
	if (analysis->config->test)
		analysis_say_chi_square(analysis, &method);
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
	for (size_t i = 0; i < analysis_line_count(analysis); i++) {
		const struct analysis_row *row = &analysis->rows[analysis_line_row(analysis, i)];
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
