/* Kind rate with `standardise`: rates of areas as if each had the same people in each group, or the events that each
 * would have at the rates of a standard population. NAME of the last period; NAME.funnel of ratios; NAME.series and
 * NAME.chart of the standardised rates. */
#include "kinds.h"

#include <math.h>
#include <stdlib.h>

#include "lines.h"
#include "funnel.h"
#include "mem.h"
#include "published_table.h"
#include "standardised.h"
#include "standing.h"
#include "text.h"

static const double ratio_of = 100;

/* Figures of an area's last period that other tables show too. */
struct said {
	size_t rate, ratio; /* ratio 0: none */
};

/* A line of results of an area in a period. */
static void begin_line(struct analysis *analysis, size_t area, const char *across, long long period, struct result line,
                       enum refusal refusal, bool of_standard)
{
	const struct standardised *standardised = analysis->own;
	struct analysis_rests rests = { 0 };
	line.area = analysis->dataset->areas[area].code;
	line.across = across;
	line.level = line.method ? line.level : NAN;
	standardised_rest_on(standardised, period, area, &rests);
	if (of_standard)
		standardised_rest_on_standard(standardised, &rests);
	analysis_result(analysis, line, &rests, refusal, 0);
}

static const char *rate_method(const struct standardised *standardised)
{
	return standardised->direct ? "directly standardised, Dobson's limits from Byar's"
	                            : "indirectly standardised, Byar's or exact Poisson limits";
}

/* The standardised rate, with its limits as the columns that follow. */
static size_t say_rate(struct analysis *analysis, size_t area, const char *across, long long period,
                       const struct standard_rate *of, size_t line, size_t column)
{
	const struct standardised *standardised = analysis->own;
	int decimals = analysis->config->decimals;
	begin_line(analysis, area, across, period,
	           (struct result){ .statistic = "standardised_rate",
	                            .method = rate_method(standardised),
	                            .level = ANALYSIS_LEVEL },
	           of->refusal, true);
	size_t figures[] = {
		analysis_figure(analysis, "estimate", decimals, of->rate.value),
		analysis_figure(analysis, "low", decimals, of->rate.low),
		analysis_figure(analysis, "high", decimals, of->rate.high),
	};
	for (size_t i = 0; column && i < COUNT(figures); i++)
		published_enter(analysis, line, column + i, figures[i]);
	return figures[0];
}

static size_t say_ratio(struct analysis *analysis, size_t area, const struct standard_rate *of, size_t line,
                        size_t column)
{
	const struct standardised *standardised = analysis->own;
	int decimals = analysis->config->decimals;
	begin_line(analysis, area, standardised->across, standardised->period,
	           (struct result){ .statistic = "expected" }, of->refusal, true);
	published_enter(analysis, line, column, analysis_figure(analysis, "estimate", decimals, of->expected));
	begin_line(
		analysis, area, standardised->across, standardised->period,
		(struct result){ .statistic = "standardised_ratio",
	                         .method = "observed over expected events, times 100; Byar's or exact Poisson limits",
	                         .level = ANALYSIS_LEVEL },
		of->refusal, true);
	size_t ratio = analysis_figure(analysis, "estimate", decimals, of->ratio.value);
	published_enter(analysis, line, column + 1, ratio);
	published_enter(analysis, line, column + 2, analysis_figure(analysis, "low", decimals, of->ratio.low));
	published_enter(analysis, line, column + 3, analysis_figure(analysis, "high", decimals, of->ratio.high));
	return ratio;
}

static size_t say_standing(struct analysis *analysis, size_t area, const struct standard_rate *of)
{
	const struct standardised *standardised = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	bool five = benchmark->levels == PUBLISHED_LEVELS;
	struct standard_rate outer = standardised_rate(standardised, standardised->period, area, published_outer_level);
	struct standing_limits limits = { of->rate.low, of->rate.high, outer.rate.low, outer.rate.high };
	begin_line(analysis, area, standardised->across, standardised->period,
	           (struct result){ .statistic = "benchmark",
	                            .comparator = benchmark->name,
	                            .method = rate_method(standardised),
	                            .level = ANALYSIS_LEVEL },
	           of->refusal, true);
	return analysis_figure(analysis, "standing", 0,
	                       five ? standing_of_five(&limits, standardised->benchmark, POLARITY_NONE)
	                            : standing_of(limits.low, limits.high, standardised->benchmark, POLARITY_NONE));
}

/* --- the table --- */

static void arrange(struct analysis *analysis, const char *per)
{
	const struct standardised *standardised = analysis->own;
	const struct study_analysis *config = analysis->config;
	const struct study_benchmark *benchmark = config->benchmark;
	const struct dataset_variable *by = dataset_variable(analysis->dataset, config->standardise->by);
	struct text method = { 0 };
	const char *of = analysis->standard ? analysis->standard->areas[0].label : "all areas with figures together";
	if (standardised->direct)
		text_print(
			&method,
			"Directly standardised by %s: the rate %s that the area would have if its people were divided as "
			"those of %s. Dobson's interval, from Byar's.",
			by->label, per, of);
	else
		text_print(
			&method,
			"Indirectly standardised by %s: expected are the events that the area's people would have at the "
			"rates of %s; the ratio is 100 where there are as many. The rate %s is the ratio times the rate of "
			"these. Byar's interval, exact below 10 events.",
			by->label, of, per);
	text_add(&method,
	         " Events are taken for rare ones (Poisson): where they are a large part of the base, the interval is "
	         "too wide.");
	if (benchmark) {
		text_print(&method, " Against %s: ", benchmark->name);
		published_say_levels(&method, benchmark->levels, POLARITY_NONE);
	}
	published_arrange(analysis, &standardised->period, NULL, NULL, method.bytes);
	text_free(&method);
}

struct columns {
	size_t base, events, crude, ratio, rate, standing; /* ratio, standing 0: none */
};

static struct columns add_columns(struct analysis *analysis, const char *per)
{
	const struct standardised *standardised = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	const char *plural = analysis->dataset->unit.plural;
	struct columns columns = { .base = published_column(analysis, "Base", plural),
		                   .events = published_column(analysis, "Events", plural),
		                   .crude = published_column(analysis, "Crude rate", per) };
	if (!standardised->direct) {
		columns.ratio = published_column(analysis, "Expected", plural);
		published_column(analysis, "Standardised ratio", NULL);
		published_column(analysis, "95% lower limit of the ratio", NULL);
		published_column(analysis, "95% upper limit of the ratio", NULL);
	}
	columns.rate = published_column(analysis, "Standardised rate", per);
	published_column(analysis, "95% lower limit", per);
	published_column(analysis, "95% upper limit", per);
	if (benchmark) {
		char *against = mem_print("Against %s", benchmark->name);
		columns.standing = published_column(analysis, against, NULL);
		free(against);
	}
	return columns;
}

static struct said say_area(struct analysis *analysis, size_t area, const struct columns *columns)
{
	const struct standardised *standardised = analysis->own;
	const struct dataset_area *about = &analysis->dataset->areas[area];
	long long period = standardised->period;
	struct standard_rate of = standardised_rate(standardised, period, area, ANALYSIS_LEVEL);
	enum refusal uncounted = of.counted ? REFUSAL_NONE : of.refusal;
	size_t line = published_line(analysis, about->label, about->code, "area");
	const struct {
		const char *statistic;
		size_t column;
		double n;
	} counts[] = { { "count", columns->base, of.base }, { "events", columns->events, of.events } };
	for (size_t i = 0; i < COUNT(counts); i++) {
		begin_line(analysis, area, standardised->across, period,
		           (struct result){ .statistic = counts[i].statistic }, uncounted, false);
		published_enter(analysis, line, counts[i].column, analysis_figure(analysis, "n", 0, counts[i].n));
	}
	begin_line(analysis, area, standardised->across, period, (struct result){ .statistic = "crude_rate" },
	           !of.counted   ? of.refusal
	           : of.base > 0 ? REFUSAL_NONE
	                         : REFUSAL_SOURCE_ZERO,
	           false);
	published_enter(analysis, line, columns->crude,
	                analysis_figure(analysis, "estimate", analysis->config->decimals,
	                                standardised->per * of.events / of.base));
	struct said said = { 0 };
	if (columns->ratio)
		said.ratio = say_ratio(analysis, area, &of, line, columns->ratio);
	said.rate = say_rate(analysis, area, standardised->across, period, &of, line, columns->rate);
	if (columns->standing)
		published_enter(analysis, line, columns->standing, say_standing(analysis, area, &of));
	return said;
}

static void say_benchmark(struct analysis *analysis, const struct columns *columns)
{
	struct standardised *standardised = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	struct analysis_rests rests = { 0 };
	size_t line = published_line(analysis, benchmark->name, NULL, "total");
	standardised_rest_on_standard(standardised, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "benchmark",
	                                 .across = standardised->across,
	                                 .comparator = benchmark->name,
	                                 .method = benchmark->source,
	                                 .level = NAN },
	                &rests, standardised->refusal, 0);
	published_enter(analysis, line, columns->rate,
	                analysis_figure(analysis, "estimate", analysis->config->decimals, standardised->benchmark));
}

/* --- the funnel of ratios --- */

static void say_limits(struct analysis *analysis, size_t area, size_t line, size_t column)
{
	const struct standardised *standardised = analysis->own;
	struct standard_rate of = standardised_rate(standardised, standardised->period, area, ANALYSIS_LEVEL);
	struct funnel_limits inner = { 0 }, outer = { 0 };
	enum refusal refusal = of.refusal;
	if (!refusal)
		refusal = funnel_ratio(&inner, of.expected, ANALYSIS_LEVEL);
	if (!refusal)
		refusal = funnel_ratio(&outer, of.expected, published_outer_level);
	const struct {
		const char *statistic;
		double level;
		struct funnel_limits limits;
	} lines[] = { { "funnel_inner", ANALYSIS_LEVEL, inner }, { "funnel_outer", published_outer_level, outer } };
	for (size_t i = 0; i < COUNT(lines); i++) {
		begin_line(analysis, area, standardised->across, standardised->period,
		           (struct result){ .statistic = lines[i].statistic,
		                            .method = "exact Poisson funnel limits of a ratio",
		                            .level = lines[i].level },
		           refusal, true);
		int decimals = analysis->config->decimals;
		published_enter(analysis, line, column + 2 * i,
		                analysis_figure(analysis, "low", decimals, ratio_of * lines[i].limits.low));
		published_enter(analysis, line, column + 2 * i + 1,
		                analysis_figure(analysis, "high", decimals, ratio_of * lines[i].limits.high));
	}
	const double limits[] = { outer.low, inner.low, inner.high, outer.high };
	published_enter(
		analysis, line, column + 4,
		analysis_figure(analysis, "standing", 0, standing_in_funnel(of.ratio.value / ratio_of, limits)));
}

static void say_funnel(struct analysis *analysis, const struct said *said)
{
	static const char *const headings[] = { "95% lower limit", "95% upper limit", "99.8% lower limit",
		                                "99.8% upper limit", "Where" };
	const struct dataset *dataset = analysis->dataset;
	const struct standardised *standardised = analysis->own;
	published_arrange(
		analysis, &standardised->period, "funnel", "funnel",
		"Funnel around 100, where there are as many events as expected. Limits: exact Poisson, "
		"interpolated, given the expected events; of so many areas with no difference but chance, about 5 in "
		"100 lie outside the 95 per cent limits and 2 in 1,000 outside the 99.8 per cent ones. An area outside "
		"its limits is not for that better or worse.");
	size_t ratio = published_column(analysis, "Standardised ratio", NULL), column = 0;
	for (size_t i = 0; i < COUNT(headings); i++) {
		size_t at = published_column(analysis, headings[i], NULL);
		column = i == 0 ? at : column;
	}
	for (size_t a = 0; a < dataset->area_count; a++) {
		size_t line = published_line(analysis, dataset->areas[a].label, dataset->areas[a].code, "area");
		published_enter(analysis, line, ratio, said[a].ratio);
		say_limits(analysis, a, line, column);
	}
}

/* --- over time --- */

static struct published_point say_point(struct analysis *analysis, size_t area, long long period, size_t said)
{
	const struct standardised *standardised = analysis->own;
	struct standard_rate of = standardised_rate(standardised, period, area, ANALYSIS_LEVEL);
	char *across = published_across(analysis, period);
	size_t figure = period == standardised->period ? said : say_rate(analysis, area, across, period, &of, 0, 0);
	free(across);
	return (struct published_point){ .refusal = of.refusal,
		                         .limits_refusal = of.refusal,
		                         .value = of.rate.value,
		                         .low = of.rate.low,
		                         .high = of.rate.high,
		                         .figure = figure };
}

static void rest_on_point(const struct analysis *analysis, long long period, size_t area, struct analysis_rests *rests)
{
	standardised_rest_on(analysis->own, period, area, rests);
	standardised_rest_on_standard(analysis->own, rests);
}

static void say_series(struct analysis *analysis, const struct said *said, const char *per)
{
	const struct standardised *standardised = analysis->own;
	size_t areas = analysis->dataset->area_count, count = standardised->period_count;
	struct published_point *points = mem_alloc(areas * count, sizeof *points);
	for (size_t a = 0; a < areas; a++)
		for (size_t p = 0; p < count; p++)
			points[a * count + p] = say_point(analysis, a, standardised->periods[p], said[a].rate);
	struct published_series series = {
		.periods = standardised->periods,
		.period_count = count,
		.points = points,
		.rest_on = rest_on_point,
		.what = "Standardised rate",
		.unit = per,
		.change_unit = per,
	};
	published_say_series(analysis, &series);
	if (analysis->config->control_chart)
		published_say_chart(analysis, &series);
	free(points);
}

static void say(struct analysis *analysis)
{
	const struct standardised *standardised = analysis->own;
	size_t areas = analysis->dataset->area_count;
	struct said *said = mem_alloc(areas, sizeof *said);
	char *per = mem_print("per %.15g", standardised->per);
	arrange(analysis, per);
	struct columns columns = add_columns(analysis, per);
	for (size_t a = 0; a < areas; a++)
		said[a] = say_area(analysis, a, &columns);
	if (analysis->config->benchmark)
		say_benchmark(analysis, &columns);
	if (!standardised->direct)
		say_funnel(analysis, said);
	if (analysis->config->series)
		say_series(analysis, said, per);
	free(said);
	free(per);
}

const struct analysis_kind kind_standardised = { .begin = standardised_begin, .say = say, .free = standardised_free };
