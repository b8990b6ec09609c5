/* Kind estimate: by area, an estimate that somebody published with its 95 per cent limits, beside a benchmark, and over
 * time. NAME and NAME.shrunken (estimate_shrunken.c) are of the last period; NAME.series and NAME.chart are there where
 * the config asks for them. All of it is public, and rests on no cell: a publisher's estimate counts nobody. */
#include "kinds.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "lines.h"
#include "estimates.h"
#include "mem.h"
#include "standing.h"

/* --- begin and end --- */

static bool read_variable(struct analysis *analysis, struct published_values **values, const struct dataset *dataset,
                          const char *variable, struct error *err)
{
	const struct study_analysis *config = analysis->config;
	return published_values_read(values, dataset,
	                             &(struct published_request){ .variable = variable,
	                                                          .filter = config->filter,
	                                                          .series = config->series,
	                                                          .analysis = config->name,
	                                                          .study = analysis->study_path },
	                             err);
}

static bool read_benchmark(struct analysis *analysis, struct error *err)
{
	struct estimates *estimates = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	estimates->standard = benchmark && benchmark->value ? *benchmark->value : NAN;
	if (!benchmark || !benchmark->dataset)
		return true;
	if (!published_check_benchmark(analysis, err)
	    || !read_variable(analysis, &estimates->benchmark, analysis->against, analysis->config->outcome, err))
		return false;
	struct published_value value = published_value_at(estimates->benchmark, estimates->period, 0);
	estimates->standard = value.value;
	return !value.refusal || published_no_benchmark(analysis, err);
}

static char *base_words(const struct analysis *analysis)
{
	const struct study_analysis *config = analysis->config;
	struct text words = { 0 };
	text_print(&words, "%s in the published estimates", analysis->dataset->unit.plural);
	if (config->filter)
		text_print(&words, config->population ? ", of those %s" : ", of those for whom %s",
		           config->population ? config->population : config->filter);
	words.bytes[0] = (char)toupper((unsigned char)words.bytes[0]);
	return words.bytes;
}

/* What the publisher rounds to, as all of its numbers tell. */
static int published_decimals(const struct estimates *estimates)
{
	enum { MOST = 9 };
	const struct published_values *of[] = { estimates->value, estimates->low, estimates->high };
	int decimals = 0;
	for (size_t i = 0; i < COUNT(of); i++) {
		size_t count = of[i]->period_count * of[i]->dataset->area_count;
		double *values = mem_alloc(count, sizeof *values);
		for (size_t k = 0; k < count; k++)
			values[k] = of[i]->values[k].value;
		int here = estimate_decimals(values, count, MOST);
		decimals = here > decimals ? here : decimals;
		free(values);
	}
	return decimals;
}

static bool begin(struct analysis *analysis, struct error *err)
{
	const struct study_analysis *config = analysis->config;
	struct estimates *estimates = analysis->own = mem_alloc(1, sizeof *estimates);
	size_t areas = analysis->dataset->area_count;
	if (!read_variable(analysis, &estimates->value, analysis->dataset, config->outcome, err)
	    || !read_variable(analysis, &estimates->low, analysis->dataset, config->low, err)
	    || !read_variable(analysis, &estimates->high, analysis->dataset, config->high, err))
		return false;
	estimates->period = estimates->value->periods[estimates->value->period_count - 1];
	if (config->series)
		estimates->across = published_across(analysis, estimates->period);
	if (!read_benchmark(analysis, err))
		return false;
	estimates->decimals = published_decimals(estimates);
	estimates->figures = mem_alloc(areas, sizeof *estimates->figures);
	estimates->se_figures = mem_alloc(areas, sizeof *estimates->se_figures);
	analysis->outcome = dataset_variable(analysis->dataset, config->outcome);
	analysis_label_areas(analysis);
	analysis_label(analysis, analysis->outcome);
	analysis->base = base_words(analysis);
	return true;
}

static void release(void *own)
{
	struct estimates *estimates = own;
	if (!estimates)
		return;
	published_values_free(estimates->value);
	published_values_free(estimates->low);
	published_values_free(estimates->high);
	published_values_free(estimates->benchmark);
	free(estimates->across);
	free(estimates->figures);
	free(estimates->se_figures);
	free(estimates);
}

/* --- the last period --- */

static void begin_line(struct analysis *analysis, struct result line, enum refusal refusal, unsigned cautions)
{
	struct analysis_rests rests = { 0 };
	analysis_result(analysis, line, &rests, refusal, cautions);
}

/* The estimate, and its limits where it has any: they are columns from the figure's on, if `column` is not 0. */
static size_t say_estimate(struct analysis *analysis, const char *area, const char *across, const struct estimate *of,
                           size_t line, size_t column)
{
	int decimals = analysis->config->decimals;
	bool limits = !of->limits_refusal;
	begin_line(analysis,
	           (struct result){ .statistic = "estimate",
	                            .area = area,
	                            .across = across,
	                            .method = "as published",
	                            .level = limits ? ANALYSIS_LEVEL : NAN },
	           of->refusal, 0);
	size_t figure = analysis_figure(analysis, "estimate", decimals, of->value);
	if (column)
		published_enter(analysis, line, column, figure);
	if (!limits && !of->refusal)
		begin_line(analysis,
		           (struct result){ .statistic = "published_limits",
		                            .area = area,
		                            .across = across,
		                            .method = "as published",
		                            .level = ANALYSIS_LEVEL },
		           of->limits_refusal, 0);
	size_t low = analysis_figure(analysis, "low", decimals, of->low);
	size_t high = analysis_figure(analysis, "high", decimals, of->high);
	if (column) {
		published_enter(analysis, line, column + 1, low);
		published_enter(analysis, line, column + 2, high);
	}
	return figure;
}

static size_t say_error(struct analysis *analysis, const char *area, const struct estimate *of)
{
	static const double some = 0.2, third = 0.33;
	const struct estimates *estimates = analysis->own;
	double relative = of->se / fabs(of->value);
	begin_line(analysis,
	           (struct result){ .statistic = "standard_error",
	                            .area = area,
	                            .across = estimates->across,
	                            .method = "width of the published limits over 3.92",
	                            .level = NAN },
	           of->se_refusal,
	           relative > third  ? CAUTION_RSE_ABOVE_33
	           : relative > some ? CAUTION_RSE_ABOVE_20
	                             : 0);
	return analysis_figure(analysis, "se", analysis->config->decimals + 1, of->se);
}

static size_t say_standing(struct analysis *analysis, const char *area, const struct estimate *of)
{
	const struct estimates *estimates = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	bool five = benchmark->levels == PUBLISHED_LEVELS;
	double reach = gsl_cdf_ugaussian_Qinv((1 - published_outer_level / 100) / 2) * of->se;
	struct standing_limits limits = { of->low, of->high, of->value - reach, of->value + reach };
	enum polarity polarity = analysis->outcome->polarity;
	begin_line(analysis,
	           (struct result){ .statistic = "benchmark",
	                            .area = area,
	                            .across = estimates->across,
	                            .comparator = benchmark->name,
	                            .method = five ? "published limits, and a normal interval of 99.8 per cent"
	                                           : "published limits",
	                            .level = ANALYSIS_LEVEL },
	           five ? of->se_refusal : of->limits_refusal, 0);
	return analysis_figure(analysis, "standing", 0,
	                       five ? standing_of_five(&limits, estimates->standard, polarity)
	                            : standing_of(of->low, of->high, estimates->standard, polarity));
}

/* The benchmark itself: as it is, without an interval, since it is what the areas are held against. */
static size_t say_benchmark(struct analysis *analysis, const char *across, double value, enum refusal refusal)
{
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	begin_line(analysis,
	           (struct result){ .statistic = "benchmark",
	                            .across = across,
	                            .comparator = benchmark->name,
	                            .method = benchmark->source,
	                            .level = NAN },
	           refusal, 0);
	return analysis_figure(analysis, "estimate", analysis->config->decimals, value);
}

static void arrange(struct analysis *analysis)
{
	const struct estimates *estimates = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	struct text method = { 0 };
	text_add(&method,
	         "Estimates and their 95 per cent limits as they were published. Standard error: the width of the "
	         "limits divided by 3.92, which takes the interval for a normal one; none where the limits lie "
	         "unequally far from the estimate.");
	if (benchmark) {
		text_print(&method, " Against %s, taken to be known without error: ", benchmark->name);
		published_say_levels(&method, benchmark->levels, analysis->outcome->polarity);
	}
	published_arrange(analysis, &estimates->period, NULL, NULL, method.bytes);
	text_free(&method);
}

static void say_estimates(struct analysis *analysis)
{
	const struct dataset *dataset = analysis->dataset;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	struct estimates *estimates = analysis->own;
	const char *unit = analysis->outcome->unit;
	arrange(analysis);
	size_t column = published_column(analysis, "Estimate", unit);
	published_column(analysis, "95% lower limit", unit);
	published_column(analysis, "95% upper limit", unit);
	size_t error = published_column(analysis, "Standard error", unit);
	char *against = benchmark ? mem_print("Against %s", benchmark->name) : NULL;
	size_t standing = against ? published_column(analysis, against, NULL) : 0;
	free(against);
	for (size_t a = 0; a < dataset->area_count; a++) {
		const struct dataset_area *area = &dataset->areas[a];
		struct estimate of = estimates_at(estimates, estimates->period, a);
		size_t line = published_line(analysis, area->label, area->code, "area");
		estimates->figures[a] = say_estimate(analysis, area->code, estimates->across, &of, line, column);
		estimates->se_figures[a] = say_error(analysis, area->code, &of);
		published_enter(analysis, line, error, estimates->se_figures[a]);
		if (standing)
			published_enter(analysis, line, standing, say_standing(analysis, area->code, &of));
	}
	if (!benchmark)
		return;
	size_t line = published_line(analysis, benchmark->name, NULL, "total");
	estimates->benchmark_figure = say_benchmark(analysis, estimates->across, estimates->standard, REFUSAL_NONE);
	published_enter(analysis, line, column, estimates->benchmark_figure);
}

/* --- over time --- */

/* The benchmark's figure of each period. Free with free(). */
static size_t *say_benchmark_series(struct analysis *analysis)
{
	const struct estimates *estimates = analysis->own;
	size_t count = estimates->value->period_count;
	size_t *figures = mem_alloc(count, sizeof *figures);
	for (size_t p = 0; p < count; p++) {
		long long period = estimates->value->periods[p];
		struct published_value value = published_value_at(estimates->benchmark, period, 0);
		char *across = published_across(analysis, period);
		figures[p] = period == estimates->period ? estimates->benchmark_figure
		                                         : say_benchmark(analysis, across, value.value, value.refusal);
		free(across);
	}
	return figures;
}

static struct published_point say_point(struct analysis *analysis, size_t area, long long period)
{
	const struct estimates *estimates = analysis->own;
	struct estimate of = estimates_at(estimates, period, area);
	char *across = published_across(analysis, period);
	size_t figure = period == estimates->period
	                        ? estimates->figures[area]
	                        : say_estimate(analysis, analysis->dataset->areas[area].code, across, &of, 0, 0);
	free(across);
	return (struct published_point){ of.refusal, of.limits_refusal, of.value, of.low, of.high, figure };
}

static void say_series(struct analysis *analysis)
{
	const struct estimates *estimates = analysis->own;
	size_t areas = analysis->dataset->area_count, count = estimates->value->period_count;
	struct published_point *points = mem_alloc(areas * count, sizeof *points);
	for (size_t a = 0; a < areas; a++)
		for (size_t p = 0; p < count; p++)
			points[a * count + p] = say_point(analysis, a, estimates->value->periods[p]);
	size_t *benchmark = estimates->benchmark ? say_benchmark_series(analysis) : NULL;
	struct published_series series = {
		.periods = estimates->value->periods,
		.period_count = count,
		.points = points,
		.what = "Estimate",
		.unit = analysis->outcome->unit,
		.change_unit = analysis->outcome->unit,
		.benchmark = benchmark ? analysis->config->benchmark->name : NULL,
		.benchmark_figures = benchmark,
	};
	published_say_series(analysis, &series);
	if (analysis->config->control_chart)
		published_say_chart(analysis, &series);
	free(benchmark);
	free(points);
}

static void say(struct analysis *analysis)
{
	say_estimates(analysis);
	estimates_say_shrunken(analysis);
	if (analysis->config->series)
		say_series(analysis);
}

const struct analysis_kind kind_estimate = { .begin = begin, .say = say, .free = release };
