#include "lines.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

void analysis_rest_cell(struct analysis_rests *rests, size_t cell)
{
	rests->cells = mem_grow(rests->cells, rests->cell_count, &rests->cell_capacity, sizeof *rests->cells);
	rests->cells[rests->cell_count++] = cell;
}

void analysis_rest_measure(struct analysis_rests *rests, size_t measure)
{
	rests->measures =
		mem_grow(rests->measures, rests->measure_count, &rests->measure_capacity, sizeof *rests->measures);
	rests->measures[rests->measure_count++] = measure;
}

void analysis_result(struct analysis *analysis, struct result line, struct analysis_rests *rests, enum refusal refusal,
                     unsigned cautions)
{
	struct text flags = { 0 };
	if (!refusal)
		caution_words(&flags, cautions);
	line.analysis = analysis->config->name;
	line.dataset = analysis->dataset->name;
	line.outcome = line.outcome ? line.outcome : analysis->outcome->name;
	line.denominator = line.denominator ? line.denominator : analysis->base;
	line.status = refusal ? RESULT_REFUSED : RESULT_OK;
	line.reason = refusal_word(refusal);
	line.flags = flags.bytes;
	universe_result(analysis->universe, &line, rests->cells, rests->cell_count, rests->measures,
	                rests->measure_count);
	text_free(&flags);
	free(rests->cells);
	free(rests->measures);
	*rests = (struct analysis_rests){ 0 };
}

static size_t add_figure(struct analysis *analysis, struct figure figure)
{
	const struct universe *universe = analysis->universe;
	if (universe->results[universe->result_count - 1].status == RESULT_REFUSED)
		figure = (struct figure){
			.name = figure.name, .decimals = figure.decimals, .value = NAN, .factor = NAN
		};
	else
		assert(isfinite(figure.value));
	return universe_figure(analysis->universe, &figure);
}

size_t analysis_figure(struct analysis *analysis, const char *name, int decimals, double value)
{
	return add_figure(analysis,
	                  (struct figure){ .name = name, .decimals = decimals, .value = value, .factor = NAN });
}

size_t analysis_figure_count(struct analysis *analysis, size_t cell)
{
	double n = (double)analysis->universe->cells[cell - 1].n;
	return add_figure(analysis, (struct figure){ .name = "n", .value = n, .numerator = cell, .factor = 1 });
}

size_t analysis_figure_share(struct analysis *analysis, double value, size_t cell, size_t base)
{
	return add_figure(analysis, (struct figure){ .name = "estimate",
	                                             .decimals = analysis->config->decimals,
	                                             .value = value,
	                                             .numerator = cell,
	                                             .denominator = base,
	                                             .factor = 100 });
}

size_t analysis_figure_mean(struct analysis *analysis, double value, size_t measure, size_t base)
{
	return add_figure(analysis, (struct figure){ .name = "estimate",
	                                             .decimals = analysis->config->decimals,
	                                             .value = value,
	                                             .numerator_measure = measure,
	                                             .denominator = base,
	                                             .factor = 1 });
}

size_t analysis_figure_sum(struct analysis *analysis, const char *name, double value, size_t measure)
{
	return add_figure(analysis, (struct figure){ .name = name,
	                                             .decimals = analysis->config->decimals,
	                                             .value = value,
	                                             .numerator_measure = measure,
	                                             .factor = 1 });
}

size_t analysis_base(struct analysis *analysis, const struct analysis_row *row)
{
	size_t cell = analysis_cell(analysis, row, analysis->answers.answered);
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, cell);
	analysis_result(analysis,
	                (struct result){ .statistic = "count", .area = row->area, .across = row->across, .level = NAN },
	                &rests, REFUSAL_NONE, 0);
	return analysis_figure_count(analysis, cell);
}

/* The variance of m people of a stratum, or of a sample without strata, has the factor m/(m - 1). Where no weight is a secret
 * the rest of it is printed, and limits tell m where they would be others of as many more people as the threshold: by a
 * twentieth of the last digit, as many lines tell together what one does not. The limits of n answers are taken to be as
 * far apart as they can. */
static bool limits_tell_people(const struct analysis *analysis, long long n, long long m)
{
	enum { LINES = 20 };
	const struct dataset *dataset = analysis->dataset;
	const struct dataset_variable *outcome = analysis->outcome;
	const struct survey_design *design = &dataset->design;
	bool known = design->weight ? dataset->adjusted && !dataset->adjusted_within : design->strata > 1;
	if (!known || design->replicates || n < 2 || m < 2)
		return false;
	double spread = outcome->code_count || outcome->option_count ? 100 : outcome->most - outcome->least;
	double half_width = 1.1 * spread / sqrt((double)n), more = analysis_least_base(dataset);
	double moved = half_width * more / (2 * (double)m * ((double)m + more));
	return !(moved < pow(10, -analysis->config->decimals) / LINES); /* also where the range is open */
}

void analysis_rest_design(const struct analysis *analysis, const struct analysis_row *row, struct analysis_rests *rests)
{
	const struct survey_design *design = &analysis->dataset->design;
	const struct analysis_row *total = &analysis->rows[analysis->row_count - 1];
	const size_t everybody = analysis->answers.answered;
	if (design->clusters != design->units && !design->cluster_size)
		return;
	for (size_t line = 0; line < analysis_line_count(analysis); line++) {
		size_t r = analysis_line_row(analysis, line);
		const struct analysis_row *of = &analysis->rows[r];
		const struct lattice_point answered = { { AXIS_EVERYBODY, of->facet, everybody } };
		const struct lattice_point missing = { { AXIS_EVERYBODY, of->facet, analysis->answers.missing } };
		long long n = analysis_count(analysis, of, everybody);
		bool told = row->facet == of->facet || analysis_row_unites(analysis, row, r)
		            || (!row->area && of == total);
		if (!design->population && design->strata > 1)
			told = told && limits_tell_people(analysis, n, n);
		else if (!design->population)
			told = of == total && limits_tell_people(analysis, analysis_count(analysis, row, everybody), n);
		if (!told)
			continue;
		analysis_rest_cell(rests, lattice_cell(analysis->lattice, answered));
		if (analysis->answers.missing)
			analysis_rest_cell(rests, lattice_cell(analysis->lattice, missing));
	}
}

size_t analysis_count_line(struct analysis *analysis, struct result line, size_t cell)
{
	struct analysis_rests rests = { 0 };
	line.level = NAN;
	analysis_rest_cell(&rests, cell);
	analysis_result(analysis, line, &rests, REFUSAL_NONE, 0);
	return analysis_figure_count(analysis, cell);
}

unsigned analysis_cautions(long long n)
{
	return n < 10 ? CAUTION_N_BELOW_10 : n < 30 ? CAUTION_N_BELOW_30 : 0;
}

unsigned analysis_design_cautions(double deff_replace, double df)
{
	return (deff_replace > 1.5 ? CAUTION_DEFF_ABOVE_1_5 : 0) | (df < 8 ? CAUTION_DESIGN_DF_BELOW_8 : 0);
}

unsigned analysis_error_cautions(const struct survey_estimate *estimate)
{
	static const double large = 0.33, some = 0.2;
	double size = fabs(estimate->value);
	return estimate->se > large * size  ? CAUTION_RSE_ABOVE_33
	       : estimate->se > some * size ? CAUTION_RSE_ABOVE_20
	                                    : 0;
}

unsigned analysis_estimate_cautions(const struct survey_estimate *estimate, size_t n)
{
	enum { FEW = 30 };
	return analysis_cautions((long long)n) | analysis_error_cautions(estimate)
	       | analysis_design_cautions(estimate->deff_replace, estimate->df)
	       | (estimate->n_kish < FEW ? CAUTION_N_EFF_BELOW_30 : 0);
}
