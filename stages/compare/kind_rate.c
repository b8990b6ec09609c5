/* Kind rate: of published figures, the share that the events are of their base, by area, with its interval and beside a
 * benchmark, and over time. NAME, NAME.funnel and NAME.shrunken (rate_funnel.c) are of the last period; NAME.series is
 * there where the config names a series. Every line rests on the figures that it is computed from. */
#include "kinds.h"

#include <math.h>
#include <stdlib.h>

#include "lines.h"
#include "mem.h"
#include "rates.h"
#include "standing.h"

/* --- shares --- */

/* What a line of figures is about. */
struct about {
	const char *area, *across, *comparator;
};

static size_t say_count(struct analysis *analysis, const char *statistic, const struct about *about,
                        const struct published_figure *figure)
{
	struct analysis_rests rests = { 0 };
	if (figure->cell)
		analysis_rest_cell(&rests, figure->cell);
	analysis_result(analysis,
	                (struct result){ .statistic = statistic,
	                                 .area = about->area,
	                                 .across = about->across,
	                                 .comparator = about->comparator,
	                                 .level = NAN },
	                &rests, figure->refusal, 0);
	return figure->cell ? analysis_figure_count(analysis, figure->cell) : analysis_figure(analysis, "n", 0, NAN);
}

static struct share_figures say_share(struct analysis *analysis, const struct about *about,
                                      const struct published_pair *pair)
{
	struct share_figures said = { .refusal = published_refusal(pair) };
	int decimals = analysis->config->decimals;
	struct analysis_rests rests = { 0 };
	if (!said.refusal)
		said.refusal =
			proportion_estimate(&said.share, (size_t)pair->events.n, (size_t)pair->base.n, ANALYSIS_LEVEL);
	bool wide = said.share.high - said.share.low >= 0.3;
	rates_rest_on(&rests, pair);
	analysis_result(analysis,
	                (struct result){ .statistic = "share",
	                                 .area = about->area,
	                                 .across = about->across,
	                                 .comparator = about->comparator,
	                                 .method = "Wilson score interval",
	                                 .level = ANALYSIS_LEVEL },
	                &rests, said.refusal, analysis_cautions(pair->base.n) | (wide ? CAUTION_WIDE_INTERVAL : 0));
	said.estimate = analysis_figure_share(analysis, 100 * said.share.p, pair->events.cell, pair->base.cell);
	said.low = analysis_figure(analysis, "low", decimals, 100 * said.share.low);
	said.high = analysis_figure(analysis, "high", decimals, 100 * said.share.high);
	return said;
}

static size_t say_standing(struct analysis *analysis, const struct about *about, const struct published_pair *pair,
                           const struct share_figures *said)
{
	const struct rates *rates = analysis->own;
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	bool five = benchmark->levels == PUBLISHED_LEVELS;
	struct analysis_rests rests = { 0 };
	struct proportion outer = { 0 };
	enum refusal refusal = said->refusal;
	if (five && !refusal)
		refusal = proportion_estimate(&outer, (size_t)pair->events.n, (size_t)pair->base.n,
		                              published_outer_level);
	struct standing_limits limits = { said->share.low, said->share.high, outer.low, outer.high };
	rates_rest_on(&rests, pair);
	rates_rest_on_centre(analysis, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "benchmark",
	                                 .area = about->area,
	                                 .across = about->across,
	                                 .comparator = benchmark->name,
	                                 .method = five ? "Wilson score intervals of 95 and 99.8 per cent"
	                                                : "Wilson score interval",
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, 0);
	return analysis_figure(analysis, "standing", 0,
	                       five ? standing_of_five(&limits, rates->centre, POLARITY_NONE)
	                            : standing_of(limits.low, limits.high, rates->centre, POLARITY_NONE));
}

/* The share of the benchmark itself: as it is, without an interval, since it is what the areas are held against. `pair`
 * NULL: the config gives its value. */
static size_t say_benchmark_share(struct analysis *analysis, const char *across, const struct published_pair *pair)
{
	const struct study_benchmark *benchmark = analysis->config->benchmark;
	enum refusal refusal = pair ? published_refusal(pair) : REFUSAL_NONE;
	struct analysis_rests rests = { 0 };
	rates_rest_on(&rests, pair);
	analysis_result(analysis,
	                (struct result){ .statistic = "benchmark",
	                                 .across = across,
	                                 .comparator = benchmark->name,
	                                 .method = benchmark->source,
	                                 .level = NAN },
	                &rests, refusal, 0);
	if (!pair)
		return analysis_figure(analysis, "estimate", analysis->config->decimals, *benchmark->value);
	double share = refusal ? NAN : 100 * (double)pair->events.n / (double)pair->base.n;
	return analysis_figure_share(analysis, share, pair->events.cell, pair->base.cell);
}

static void say_benchmark_line(struct analysis *analysis, size_t base, size_t events, size_t share)
{
	struct rates *rates = analysis->own;
	const struct published_pair *pair = rates_benchmark(rates, rates->period);
	struct about about = { .across = rates->across, .comparator = analysis->config->benchmark->name };
	size_t line = published_line(analysis, about.comparator, NULL, "total");
	if (pair) {
		published_enter(analysis, line, base, say_count(analysis, "count", &about, &pair->base));
		published_enter(analysis, line, events, say_count(analysis, "events", &about, &pair->events));
	}
	rates->benchmark_share = say_benchmark_share(analysis, rates->across, pair);
	published_enter(analysis, line, share, rates->benchmark_share);
}

/* Of the areas that have a share, as one. The sums are no cells, as nobody published them; each rests on them all. */
static void say_all(struct analysis *analysis, size_t base, size_t events, size_t share)
{
	const struct rates *rates = analysis->own;
	double x = 0, n = 0;
	for (size_t i = 0; i < rates->count; i++) {
		x += rates->x[i];
		n += rates->n[i];
	}
	struct proportion all = { 0 };
	enum refusal refusal = proportion_estimate(&all, (size_t)x, (size_t)n, ANALYSIS_LEVEL);
	int decimals = analysis->config->decimals;
	size_t line = published_line(analysis, "All areas with figures", NULL, "total");
	const struct {
		const char *statistic;
		double n;
		size_t column;
	} counts[] = { { "count", n, base }, { "events", x, events } };
	for (size_t i = 0; i < COUNT(counts); i++) {
		struct analysis_rests rests = { 0 };
		rates_rest_on_all(analysis, &rests);
		analysis_result(
			analysis,
			(struct result){ .statistic = counts[i].statistic, .across = rates->across, .level = NAN },
			&rests, REFUSAL_NONE, 0);
		published_enter(analysis, line, counts[i].column, analysis_figure(analysis, "n", 0, counts[i].n));
	}
	struct analysis_rests rests = { 0 };
	rates_rest_on_all(analysis, &rests);
	analysis_result(analysis,
	                (struct result){ .statistic = "share",
	                                 .across = rates->across,
	                                 .method = "Wilson score interval",
	                                 .level = ANALYSIS_LEVEL },
	                &rests, refusal, 0);
	published_enter(analysis, line, share, analysis_figure(analysis, "estimate", decimals, 100 * all.p));
	published_enter(analysis, line, share + 1, analysis_figure(analysis, "low", decimals, 100 * all.low));
	published_enter(analysis, line, share + 2, analysis_figure(analysis, "high", decimals, 100 * all.high));
}

static void say_shares(struct analysis *analysis)
{
	const struct dataset *dataset = analysis->dataset;
	const struct study_analysis *config = analysis->config;
	const struct rates *rates = analysis->own;
	struct text method = { 0 };
	text_print(
		&method,
		"Published figures: the events, where %s, are divided by the base. 95 per cent Wilson score interval.",
		config->events);
	if (config->benchmark) {
		text_print(&method, " Against %s: ", config->benchmark->name);
		published_say_levels(&method, config->benchmark->levels, POLARITY_NONE);
	}
	rates_arrange(analysis, NULL, NULL, method.bytes);
	text_free(&method);
	size_t base = published_column(analysis, "Base", dataset->unit.plural);
	size_t events = published_column(analysis, "Events", dataset->unit.plural);
	size_t share = published_column(analysis, "Share", "%");
	published_column(analysis, "95% lower limit", "%");
	published_column(analysis, "95% upper limit", "%");
	char *against = config->benchmark ? mem_print("Against %s", config->benchmark->name) : NULL;
	size_t standing = against ? published_column(analysis, against, NULL) : 0;
	free(against);
	for (size_t a = 0; a < dataset->area_count; a++) {
		const struct dataset_area *area = &dataset->areas[a];
		const struct published_pair *pair = published_at(rates->areas, rates->period, a);
		struct about about = { .area = area->code, .across = rates->across };
		size_t line = published_line(analysis, area->label, area->code, "area");
		struct said *said = &rates->said[a];
		said->base = say_count(analysis, "count", &about, &pair->base);
		published_enter(analysis, line, base, said->base);
		published_enter(analysis, line, events, say_count(analysis, "events", &about, &pair->events));
		said->share = say_share(analysis, &about, pair);
		published_enter(analysis, line, share, said->share.estimate);
		published_enter(analysis, line, share + 1, said->share.low);
		published_enter(analysis, line, share + 2, said->share.high);
		if (standing)
			published_enter(analysis, line, standing, say_standing(analysis, &about, pair, &said->share));
	}
	say_all(analysis, base, events, share);
	if (config->benchmark)
		say_benchmark_line(analysis, base, events, share);
}

/* --- over time --- */

/* The benchmark's share of each period. Free with free(). */
static size_t *say_benchmark_series(struct analysis *analysis)
{
	const struct rates *rates = analysis->own;
	const struct published *published = rates->areas;
	size_t *figures = mem_alloc(published->period_count, sizeof *figures);
	for (size_t p = 0; p < published->period_count; p++) {
		const struct published_pair *pair = rates_benchmark(rates, published->periods[p]);
		char *across = published_across(analysis, published->periods[p]);
		bool last = published->periods[p] == rates->period;
		figures[p] = last ? rates->benchmark_share : pair ? say_benchmark_share(analysis, across, pair) : 0;
		free(across);
	}
	return figures;
}

static struct published_point say_point(struct analysis *analysis, size_t area, long long period)
{
	const struct rates *rates = analysis->own;
	const struct published_pair *pair = published_at(rates->areas, period, area);
	char *across = published_across(analysis, period);
	struct about about = { .area = analysis->dataset->areas[area].code, .across = across };
	struct share_figures said = rates->said[area].share;
	if (period != rates->period) {
		say_count(analysis, "count", &about, &pair->base);
		say_count(analysis, "events", &about, &pair->events);
		said = say_share(analysis, &about, pair);
	}
	free(across);
	return (struct published_point){ .refusal = said.refusal,
		                         .limits_refusal = said.refusal,
		                         .value = 100 * said.share.p,
		                         .low = 100 * said.share.low,
		                         .high = 100 * said.share.high,
		                         .figure = said.estimate };
}

static void rest_on_point(const struct analysis *analysis, long long period, size_t area, struct analysis_rests *rests)
{
	const struct rates *rates = analysis->own;
	rates_rest_on(rests, published_at(rates->areas, period, area));
}

static void say_series(struct analysis *analysis)
{
	const struct rates *rates = analysis->own;
	size_t areas = analysis->dataset->area_count, count = rates->areas->period_count;
	struct published_point *points = mem_alloc(areas * count, sizeof *points);
	for (size_t a = 0; a < areas; a++)
		for (size_t p = 0; p < count; p++)
			points[a * count + p] = say_point(analysis, a, rates->areas->periods[p]);
	size_t *benchmark = rates->benchmark ? say_benchmark_series(analysis) : NULL;
	struct published_series series = {
		.periods = rates->areas->periods,
		.period_count = count,
		.points = points,
		.rest_on = rest_on_point,
		.what = "Share",
		.unit = "%",
		.change_unit = "points",
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
	say_shares(analysis);
	rates_say_funnel(analysis);
	rates_say_shrunken(analysis);
	if (analysis->config->series)
		say_series(analysis);
}

const struct analysis_kind kind_rate = { .begin = rates_begin, .say = say, .free = rates_free };
