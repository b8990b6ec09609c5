/* Kind mean: by area, how many answered, the mean with its interval, the weighted mean where there are weights, and a
 * test across the areas: Welch's analysis of variance, or Wald's test where there are weights or a design. Where the
 * weights were adjusted to margins, how many answered, the weighted mean and its test alone. */
#include "kinds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "contributions.h"
#include "lines.h"
#include "asked.h"
#include "comparison.h"
#include "margin_groups.h"
#include "mean.h"
#include "mem.h"
#include "shrunken.h"
#include "survey_mean.h"
#include "survey_wald.h"
#include "welch.h"

enum { MEAN_FIGURES = 4, WEIGHTED_FIGURES = 3, TEST_FIGURES = 4 };

struct columns {
	size_t base, mean, weighted, test; /* the first of each group; 0: not there */
};

static struct columns add_columns(struct analysis *analysis)
{
	struct universe *universe = analysis->universe;
	size_t to = analysis->arrangement;
	const char *unit = analysis->outcome->unit;
	struct columns columns = { .base = universe_column(universe, to, "Answered", analysis->dataset->unit.plural) };
	bool weighted_only = analysis_is_weighted_only(analysis);
	if (!weighted_only) {
		columns.mean = universe_column(universe, to, "Mean", unit);
		universe_column(universe, to, "SD", unit);
		universe_column(universe, to, "95% lower limit", unit);
		universe_column(universe, to, "95% upper limit", unit);
	}
	if (analysis->dataset->designed) {
		bool weighted = analysis->dataset->weighted;
		columns.weighted = universe_column(universe, to, weighted ? "Weighted mean" : "Mean by design", unit);
		universe_column(universe, to, weighted ? "Weighted 95% lower limit" : "95% lower limit by design",
		                unit);
		universe_column(universe, to, weighted ? "Weighted 95% upper limit" : "95% upper limit by design",
		                unit);
	}
	if (analysis->config->test) {
		columns.test = universe_column(universe, to, "F", NULL);
		universe_column(universe, to, "df", NULL);
		universe_column(universe, to, "df 2", NULL);
		universe_column(universe, to, "p", NULL);
	}
	return columns;
}

static void add_entries(struct analysis *analysis, size_t line, size_t column, const size_t *figures, size_t count)
{
	for (size_t i = 0; i < count; i++)
		universe_entry(analysis->universe, analysis->arrangement, line, column + i, figures[i]);
}

/* Of three codes, the mean, its standard deviation and how many answered are three equations in three unknown counts;
 * of four they leave few solutions. */
enum { FEW_CODES = 4 };

/* Where an analysis prints the counts of single codes of the same numbers, mean and counts are equations in the same
 * unknowns, which the universe cannot say: so a mean goes with the counts, hidden where one of them is. */
static bool counts_code(const struct analysis *analysis, size_t code)
{
	const struct study *study = analysis->study;
	if (analysis->outcome->code_count <= FEW_CODES)
		return true;
	for (unsigned i = 0; i < study->analyses_count; i++) {
		const struct study_analysis *other = &study->analyses[i];
		bool counts = other->kind == STUDY_SHARE || other->kind == STUDY_TABLE;
		if (!counts || other->across || strcmp(other->dataset, analysis->dataset->name) != 0
		    || strcmp(other->outcome, analysis->outcome->name) != 0)
			continue;
		if (other->codes_count == 0
		    || (other->codes_count == 1 && strcmp(other->codes[0], analysis->outcome->codes[code].code) == 0))
			return true;
	}
	return false;
}

/* The cells and the sum that a mean of the row is made from. */
static void rest_on(const struct analysis *analysis, const struct analysis_row *row, size_t measure,
                    struct analysis_rests *rests)
{
	analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.answered));
	for (size_t code = 0; code < analysis->outcome->code_count; code++)
		if (counts_code(analysis, code))
			analysis_rest_cell(rests, analysis_cell(analysis, row, analysis->answers.first_code + code));
	analysis_rest_measure(rests, measure);
}

void analysis_measure_whole(const struct analysis *analysis, size_t measure, const struct dataset_variable *variable)
{
	if (variable->code_count ? variable->integers : strcmp(variable->type, "integer") == 0)
		universe_measure_whole(analysis->universe, measure);
}

/* The sum of the outcome over a facet of the rows' axis, those who answered. */
static size_t add_measure(const struct analysis *analysis, size_t filter, size_t by)
{
	const struct dataset_variable *outcome = analysis->outcome;
	double least = outcome->least, most = outcome->most;
	for (size_t i = 0; i < outcome->code_count; i++) {
		double value = (double)outcome->codes[i].integer;
		least = i == 0 || value < least ? value : least;
		most = i == 0 || value > most ? value : most;
	}
	struct lattice_point point = { { filter, by, analysis->answers.answered } };
	size_t measure = universe_measure(analysis->universe, lattice_cell(analysis->lattice, point), outcome->name,
	                                  least, most, (double)lattice_tally(analysis->lattice, point).total);
	analysis_measure_whole(analysis, measure, outcome);
	contributions_note(analysis, measure, analysis->lattice, point, analysis->sample->person);
	return measure;
}

size_t analysis_measure(const struct analysis *analysis, const struct analysis_row *row)
{
	return add_measure(analysis, analysis->filters.filter, row->facet);
}

void analysis_rest_mean(const struct analysis *analysis, const struct analysis_row *row, struct analysis_rests *rests)
{
	rest_on(analysis, row, analysis_measure(analysis, row), rests);
}

void analysis_add_measures(const struct analysis *analysis)
{
	for (size_t filter = 0; filter < analysis->filters.facet_count; filter++)
		for (size_t by = 0; by < analysis->by.facet_count; by++)
			add_measure(analysis, filter, by);
}

/* The row's values. Free with free(). */
static double *gather(const struct analysis *analysis, const struct analysis_row *row)
{
	const size_t *members = analysis->members + row->first_member;
	double *values = mem_alloc(row->member_count, sizeof *values);
	for (size_t i = 0; i < row->member_count; i++)
		values[i] = analysis->sample->value[members[i]];
	return values;
}

/* Returns the figure of the mean itself. */
static size_t add_mean(struct analysis *analysis, const struct analysis_row *row, size_t line, size_t column,
                       size_t measure, const double *values)
{
	struct mean_estimate mean = { 0 };
	enum refusal refusal = mean_estimate(&mean, values, row->member_count, ANALYSIS_LEVEL);
	struct analysis_rests rests = { 0 };
	int decimals = analysis->config->decimals;
	rest_on(analysis, row, measure, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "mean",
	                                 .area = row->area,
	                                 .method = "Student t interval",
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, analysis_cautions((long long)row->member_count));
	size_t figures[MEAN_FIGURES] = {
		analysis_figure_mean(analysis, mean.mean, measure,
		                     analysis_cell(analysis, row, analysis->answers.answered)),
		analysis_figure(analysis, "sd", decimals, mean.sd),
		analysis_figure(analysis, "low", decimals, mean.low),
		analysis_figure(analysis, "high", decimals, mean.high),
	};
	add_entries(analysis, line, column, figures, MEAN_FIGURES);
	return figures[0];
}

static void add_weighted(struct analysis *analysis, const struct analysis_row *row, size_t line, size_t column,
                         const size_t *measures, size_t r, const double *values)
{
	struct survey_mean mean = { 0 };
	enum refusal refusal = survey_mean(&mean, &analysis->dataset->design, values,
	                                   analysis->members + row->first_member, row->member_count, ANALYSIS_LEVEL);
	struct analysis_rests rests = { 0 };
	int decimals = analysis->config->decimals;
	unsigned cautions = analysis_cautions((long long)row->member_count)
	                    | (mean.n_kish < 30 ? CAUTION_N_EFF_BELOW_30 : 0)
	                    | (refusal ? 0 : analysis_design_cautions(mean.deff_replace, mean.df));
	rest_on(analysis, row, measures[r], &rests);
	margin_groups_rest(analysis, row, &analysis->answers.answered, 1, &rests);
	analysis_rest_design(analysis, row, &rests);
	/* who knows what each area's people stand for can work out an area from the others and all together */
	for (size_t other = 0; analysis->dataset->adjusted && other < analysis->row_count; other++)
		if (analysis_row_unites(analysis, row, other))
			rest_on(analysis, &analysis->rows[other], measures[other], &rests);
	char *method = mem_print("%s%s, Student t interval", analysis->dataset->variance, analysis->dataset->drawing);
	analysis_result(analysis,
	                (struct result){ .statistic = "weighted_mean",
	                                 .area = row->area,
	                                 .method = method,
	                                 .weight = analysis->dataset->weight,
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, cautions);
	free(method);
	size_t figures[WEIGHTED_FIGURES] = {
		analysis_figure(analysis, "estimate", decimals, mean.mean),
		analysis_figure(analysis, "low", decimals, mean.low),
		analysis_figure(analysis, "high", decimals, mean.high),
	};
	add_entries(analysis, line, column, figures, WEIGHTED_FIGURES);
}

struct test {
	const char *statistic, *method, *heading;
	enum refusal refusal;
	unsigned cautions;
	double f, df, df2, p;
};

static struct test test_by_welch(const struct analysis *analysis, const double *values, const size_t *first,
                                 size_t groups)
{
	struct welch welch = { 0 };
	enum refusal refusal = welch_anova(&welch, values, first, groups);
	return (struct test){ .statistic = "welch_anova",
		              .method = "Welch's analysis of variance",
		              .heading = "Test across areas (Welch)",
		              .refusal = refusal,
		              .cautions = analysis->dataset->designed ? CAUTION_UNWEIGHTED_TEST : 0,
		              .f = welch.statistic,
		              .df = welch.df,
		              .df2 = welch.df2,
		              .p = welch.p };
}

static struct test test_by_design(const struct analysis *analysis, const double *values, const size_t *members,
                                  const size_t *first, size_t groups)
{
	struct survey_wald wald = { 0 };
	enum refusal refusal = survey_wald(&wald, &analysis->dataset->design, values, members, first, groups);
	return (struct test){
		.statistic = "design_wald",
		.method = "Wald's test of the means by weights and design, F adjusted to the design's degrees "
			  "of freedom,",
		.heading = "Test across areas (Wald, by design)",
		.refusal = refusal,
		.cautions = wald.least_df < 8 ? CAUTION_DESIGN_DF_BELOW_8 : 0,
		.f = wald.statistic,
		.df = wald.df,
		.df2 = wald.df2,
		.p = wald.p
	};
}

/* Over the areas whose base reaches the threshold. It rests on the bases of all of them: a test that is shown, and its
 * degrees of freedom, tell which areas it took in, and so that every other one lies below the threshold. */
static void add_test(struct analysis *analysis, const size_t *measures, size_t column)
{
	const struct sample *sample = analysis->sample;
	const struct analysis_row *total = &analysis->rows[analysis->row_count - 1];
	size_t *first = mem_alloc(analysis->row_count + 1, sizeof *first), groups = 0;
	size_t *members = mem_alloc(total->member_count, sizeof *members);
	double *values = mem_alloc(total->member_count, sizeof *values);
	struct analysis_rests rests = { 0 };
	margin_groups_rest(analysis, total, &analysis->answers.answered, 1, &rests);
	if (analysis_is_by_design(analysis))
		analysis_rest_design(analysis, total, &rests);
	for (size_t r = 0; r < analysis->row_count; r++) {
		const struct analysis_row *row = &analysis->rows[r];
		if (strcmp(row->kind, "total") != 0)
			rest_on(analysis, row, measures[r], &rests);
		if (!analysis_is_tested(analysis, row))
			continue;
		first[groups + 1] = first[groups];
		for (size_t i = 0; i < row->member_count; i++) {
			size_t member = analysis->members[row->first_member + i];
			members[first[groups + 1]] = member;
			values[first[groups + 1]++] = sample->value[member];
		}
		groups++;
	}
	bool by_design = analysis_is_by_design(analysis);
	struct test test = by_design ? test_by_design(analysis, values, members, first, groups)
	                             : test_by_welch(analysis, values, first, groups);
	char *method = mem_print("%s over the areas where at least %d answered", test.method, analysis->tested_from);
	analysis_result(analysis,
	                (struct result){ .statistic = test.statistic,
	                                 .method = method,
	                                 .weight = by_design ? analysis->dataset->weight : NULL,
	                                 .level = NAN },
	                &rests, test.refusal, test.cautions);
	size_t figures[TEST_FIGURES] = {
		analysis_figure(analysis, "statistic", ANALYSIS_STATISTIC_DECIMALS, test.f),
		analysis_figure(analysis, "df", 0, test.df),
		analysis_figure(analysis, "df2", ANALYSIS_DF2_DECIMALS, test.df2),
		analysis_figure(analysis, "p", ANALYSIS_P_DECIMALS, test.p),
	};
	size_t line = universe_line(analysis->universe, analysis->arrangement, test.heading, NULL, "test");
	add_entries(analysis, line, column, figures, TEST_FIGURES);
	free(method);
	free(members);
	free(values);
	free(first);
}

static void arrange(struct analysis *analysis)
{
	struct text method = { 0 };
	bool weighted_only = analysis_is_weighted_only(analysis);
	text_add(&method,
	         weighted_only ? "How many answered, and their weighted mean."
	                       : "Mean of the answers, with its standard deviation (SD) and a 95 per cent t interval.");
	analysis_say_design(analysis, &method, "mean with a 95 per cent t interval");
	if (analysis->config->test)
		text_print(&method, " Test: %s over the areas where at least %d answered.",
		           analysis_is_by_design(analysis) ? "Wald's, by weights and design, as F,"
		                                           : "Welch's analysis of variance",
		           analysis->tested_from);
	analysis_arrange(analysis, method.bytes);
	text_free(&method);
}

static void say(struct analysis *analysis)
{
	arrange(analysis);
	struct columns columns = add_columns(analysis);
	size_t lines = analysis_line_count(analysis);
	size_t *measures = mem_alloc(lines, sizeof *measures);
	struct shrunken_area *said = mem_alloc(lines, sizeof *said);
	analysis_add_measures(analysis);
	for (size_t i = 0; i < lines; i++) {
		size_t r = analysis_line_row(analysis, i);
		const struct analysis_row *row = &analysis->rows[r];
		size_t line =
			universe_line(analysis->universe, analysis->arrangement, row->heading, row->code, row->kind);
		measures[r] = analysis_measure(analysis, row);
		double *values = gather(analysis, row);
		said[r].base = analysis_base(analysis, row);
		universe_entry(analysis->universe, analysis->arrangement, line, columns.base, said[r].base);
		if (columns.mean)
			said[r].own = add_mean(analysis, row, line, columns.mean, measures[r], values);
		if (columns.weighted)
			add_weighted(analysis, row, line, columns.weighted, measures, r, values);
		free(values);
	}
	if (columns.test)
		add_test(analysis, measures, columns.test);
	comparison_of_means(analysis);
	if (analysis->config->shrink)
		shrunken_of_means(analysis, said);
	margin_groups_advise(analysis, &analysis->answers.answered, 1);
	free(measures);
	free(said);
}

const struct analysis_kind kind_mean = {
	.begin = analysis_begin,
	.say = say,
	.check = analysis_check_number,
	.sums = true,
};
