#include "published_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "mem.h"
#include "standing.h"
#include "text.h"
#include "time_series.h"

/* --- the benchmark --- */

bool published_check_source(const struct analysis *analysis, struct error *err)
{
	const char *name = analysis->config->benchmark->dataset;
	if (analysis->against && analysis->against->aggregate)
		return true;
	analysis_wrong(analysis, err,
	               analysis->against ? "a benchmark is a published figure, and this dataset holds answers:"
	                                 : "the study has no dataset",
	               name);
	return error_help(err, "name the dataset of kind aggregate that holds the benchmark's figures");
}

bool published_check_benchmark(const struct analysis *analysis, struct error *err)
{
	const char *name = analysis->config->benchmark->dataset;
	if (!published_check_source(analysis, err))
		return false;
	if (analysis->against->area_count == 1)
		return true;
	analysis_wrong(analysis, err, "a benchmark is one area, and its dataset has several:", name);
	return error_help(err, "give its area variable a code list of one code, and its export a `where`");
}

bool published_no_benchmark(const struct analysis *analysis, struct error *err)
{
	analysis_wrong(analysis, err, "the benchmark has no figures for it in the dataset",
	               analysis->config->benchmark->dataset);
	if (analysis->config->benchmark->outcome)
		return error_help(err, "see its outcome and filter, and that its areas are those of the answers");
	return error_help(err, "look for them under the same expressions%s",
	                  analysis->config->series ? " and the last period" : "");
}

void published_say_levels(struct text *method, int levels, enum polarity polarity)
{
	static const struct {
		const char *below, *above;
	} words[] = { [POLARITY_NONE] = { "lower", "higher" },
		      [POLARITY_HIGHER_BETTER] = { "worse", "better" },
		      [POLARITY_HIGHER_WORSE] = { "better", "worse" } };
	const char *below = words[polarity].below, *above = words[polarity].above;
	text_print(method, "%s or %s where the whole interval is below or above it, else similar", below, above);
	if (levels == PUBLISHED_LEVELS)
		text_print(method, "; much %s or much %s where the whole 99.8 per cent interval is", below, above);
	text_add(method, ".");
}

/* --- tables --- */

static const struct dataset_variable *series_of(const struct analysis *analysis)
{
	return dataset_variable(analysis->dataset, analysis->config->series);
}

char *published_across(const struct analysis *analysis, long long period)
{
	return mem_print("%s=%lld", analysis->config->series, period);
}

/* The period's label, where periods are codes, else its number. Free with free(). */
static char *words_of(const struct dataset_variable *series, long long period)
{
	for (size_t i = 0; series->integers && i < series->code_count; i++)
		if (series->codes[i].integer == period)
			return mem_copy_text(series->codes[i].label);
	return mem_print("%lld", period);
}

void published_arrange(struct analysis *analysis, const long long *period, const char *what, const char *title,
                       const char *method)
{
	char *base = NULL;
	if (period && analysis->config->series) {
		const struct dataset_variable *series = series_of(analysis);
		char *words = words_of(series, *period);
		base = mem_print("%s, %s %s", analysis->base, series->label, words);
		free(words);
	}
	analysis->arrangement = analysis_begin_part(
		analysis, (struct analysis_part){ .part = what, .about = title, .base = base, .method = method });
	free(base);
}

size_t published_column(struct analysis *analysis, const char *heading, const char *unit)
{
	return universe_column(analysis->universe, analysis->arrangement, heading, unit);
}

size_t published_line(struct analysis *analysis, const char *heading, const char *code, const char *kind)
{
	return universe_line(analysis->universe, analysis->arrangement, heading, code, kind);
}

void published_enter(struct analysis *analysis, size_t line, size_t column, size_t figure)
{
	universe_entry(analysis->universe, analysis->arrangement, line, column, figure);
}

/* --- over time --- */

enum { TREND_POINTS = 5, CHART_POINTS = 5, FULL_CHART_POINTS = 12 };

/* Rest on `count` points of the area from `first` on. */
static void rest_on(const struct analysis *analysis, const struct published_series *series, size_t area, size_t first,
                    size_t count, struct analysis_rests *rests)
{
	for (size_t p = first; series->rest_on && p < first + count; p++)
		series->rest_on(analysis, series->periods[p], area, rests);
}

/* A column for each period. Returns the first. */
static size_t add_periods(struct analysis *analysis, const struct published_series *series, const char *unit)
{
	const struct dataset_variable *variable = series_of(analysis);
	size_t first = 0;
	for (size_t p = 0; p < series->period_count; p++) {
		char *heading = words_of(variable, series->periods[p]);
		char *name = published_across(analysis, series->periods[p]);
		size_t column = published_column(analysis, heading, unit);
		first = p == 0 ? column : first;
		universe_label(analysis->universe, "code", name, heading);
		free(heading);
		free(name);
	}
	analysis_label(analysis, variable);
	return first;
}

/* The last five periods, where each follows the one before it. */
static bool has_trend(const struct published_series *series)
{
	size_t count = series->period_count;
	return count >= TREND_POINTS
	       && series->periods[count - 1] - series->periods[count - TREND_POINTS] == TREND_POINTS - 1;
}

static void say_trend(struct analysis *analysis, const struct published_series *series, size_t area, size_t line,
                      size_t column)
{
	size_t first = series->period_count - TREND_POINTS;
	const struct published_point *points = &series->points[area * series->period_count + first];
	double value[TREND_POINTS], low[TREND_POINTS], high[TREND_POINTS];
	struct trend trend = { 0 };
	enum refusal refusal = REFUSAL_NONE;
	struct analysis_rests rests = { 0 };
	for (size_t i = 0; i < TREND_POINTS; i++) {
		if (points[i].limits_refusal)
			refusal = REFUSAL_FEWER_THAN_5_POINTS;
		value[i] = points[i].value;
		low[i] = points[i].low;
		high[i] = points[i].high;
	}
	rest_on(analysis, series, area, first, TREND_POINTS, &rests);
	if (!refusal)
		refusal = trend_recent(&trend, value, low, high, TREND_POINTS);
	analysis_result(analysis,
	                (struct result){ .statistic = "trend",
	                                 .area = analysis->dataset->areas[area].code,
	                                 .method = "weighted line through the last five periods",
	                                 .level = published_outer_level },
	                &rests, refusal, 0);
	published_enter(analysis, line, column,
	                analysis_figure(analysis, "estimate", analysis->config->decimals + 1, trend.slope));
	published_enter(analysis, line, column + 1,
	                analysis_figure(analysis, "standing", 0, standing_of_trend(trend.direction)));
}

void published_say_series(struct analysis *analysis, const struct published_series *series)
{
	const struct dataset *dataset = analysis->dataset;
	bool trend = has_trend(series);
	struct text method = { 0 };
	text_print(&method, "%s of each period as in the table of the last one; the intervals stand in results.csv.",
	           series->what);
	if (trend)
		text_add(
			&method,
			" Trend: the weighted line through the last five periods, with the inverse of the squared standard "
			"errors for weights; rising or falling where its slope is significant at 99.8 per cent and keeps its "
			"sign whichever of the five is left out, else no significant change.");
	published_arrange(analysis, NULL, "series", "over time", method.bytes);
	text_free(&method);
	size_t first = add_periods(analysis, series, series->unit);
	size_t column = trend ? published_column(analysis, "Change a period", series->change_unit) : 0;
	if (trend)
		published_column(analysis, "Trend", NULL);
	for (size_t a = 0; a < dataset->area_count; a++) {
		const struct dataset_area *area = &dataset->areas[a];
		const struct published_point *points = &series->points[a * series->period_count];
		size_t line = published_line(analysis, area->label, area->code, "area");
		for (size_t p = 0; p < series->period_count; p++)
			published_enter(analysis, line, first + p, points[p].figure);
		if (trend)
			say_trend(analysis, series, a, line, column);
	}
	if (!series->benchmark)
		return;
	size_t line = published_line(analysis, series->benchmark, NULL, "total");
	for (size_t p = 0; p < series->period_count; p++)
		if (series->benchmark_figures[p])
			published_enter(analysis, line, first + p, series->benchmark_figures[p]);
}

/* --- charts --- */

/* How many periods of the area, up to the last one, follow one another and have a figure. */
static size_t unbroken(const struct published_series *series, const struct published_point *points)
{
	size_t count = 0, last = series->period_count - 1;
	while (count < series->period_count && !points[last - count].refusal
	       && series->periods[last] - series->periods[last - count] == (long long)count)
		count++;
	return count;
}

static void say_chart_of(struct analysis *analysis, const struct published_series *series, size_t area, size_t first)
{
	const struct dataset_area *of = &analysis->dataset->areas[area];
	const struct published_point *points = &series->points[area * series->period_count];
	size_t count = unbroken(series, points), before = series->period_count - count;
	double *value = mem_alloc(count + 1, sizeof *value);
	unsigned *signals = mem_alloc(count + 1, sizeof *signals);
	struct xmr chart = { 0 };
	struct analysis_rests rests = { 0 };
	for (size_t i = 0; i < count; i++)
		value[i] = points[before + i].value;
	rest_on(analysis, series, area, before, count, &rests);
	enum refusal refusal =
		count < CHART_POINTS ? REFUSAL_FEWER_THAN_5_POINTS : xmr_chart(&chart, signals, value, count);
	unsigned cautions = count < FULL_CHART_POINTS ? CAUTION_TRIAL_LIMITS : 0;
	static const char method[] = "individuals and moving ranges";
	analysis_result(
		analysis,
		(struct result){ .statistic = "control_chart", .area = of->code, .method = method, .level = NAN },
		&rests, refusal, cautions);
	size_t line = published_line(analysis, of->label, of->code, "area");
	int decimals = analysis->config->decimals;
	published_enter(analysis, line, 1, analysis_figure(analysis, "estimate", decimals, chart.mean));
	published_enter(analysis, line, 2, analysis_figure(analysis, "low", decimals, chart.low));
	published_enter(analysis, line, 3, analysis_figure(analysis, "high", decimals, chart.high));
	for (size_t i = 0; i < count && !refusal; i++) {
		char *across = published_across(analysis, series->periods[before + i]);
		rest_on(analysis, series, area, before, count, &rests);
		analysis_result(analysis,
		                (struct result){ .statistic = "signal",
		                                 .area = of->code,
		                                 .across = across,
		                                 .method = method,
		                                 .level = NAN },
		                &rests, REFUSAL_NONE, cautions);
		published_enter(analysis, line, first + before + i,
		                analysis_figure(analysis, "standing", 0, standing_of_signals(signals[i])));
		free(across);
	}
	free(value);
	free(signals);
}

void published_say_chart(struct analysis *analysis, const struct published_series *series)
{
	char *method = mem_print(
		"%s, a chart of individuals and moving ranges for each area: over the periods up to the last one that follow one "
		"another without a gap. Limits: the mean, less and plus 2.66 times the mean of the changes from period to "
		"period, without changes of more than 3.267 times their mean. Signals: outside the limits; run, the 7th or "
		"later in a row on one side of the mean; drift, the 7th or later in a row that rise or fall; near a limit, of "
		"three in a row two beyond two thirds of the way to the same one. A mark on a chart says that something else than the usual "
		"coming and going is likely, not what.",
		series->what);
	published_arrange(analysis, NULL, "chart", "control charts", method);
	free(method);
	published_column(analysis, "Mean", series->unit);
	published_column(analysis, "Lower limit", series->unit);
	published_column(analysis, "Upper limit", series->unit);
	size_t first = add_periods(analysis, series, NULL);
	for (size_t a = 0; a < analysis->dataset->area_count; a++)
		say_chart_of(analysis, series, a, first);
}
