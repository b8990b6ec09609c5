/* Tables of published figures: of the last period, and over time with a trend and charts. What kinds rate and estimate
 * share. */
#ifndef CANVASS_COMPARE_PUBLISHED_TABLE_H
#define CANVASS_COMPARE_PUBLISHED_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"
#include "lines.h"

static const double published_outer_level = 99.8; /* of funnels, trends and five levels, beside ANALYSIS_LEVEL */

enum { PUBLISHED_LEVELS = 5 }; /* of a benchmark with much lower and much higher */

/* The benchmark's dataset (analysis->against) is there, and of one area; it has a figure. Else an ERROR_CONFIG. */
bool published_check_benchmark(const struct analysis *analysis, struct error *err);
bool published_check_source(const struct analysis *analysis, struct error *err); /* there, and of published figures */
bool published_no_benchmark(const struct analysis *analysis, struct error *err);

/* Say in a method when an area is lower, similar or higher. */
struct text;
void published_say_levels(struct text *method, int levels, enum polarity polarity);

/* A period as series=2025, for results. Free with free(). */
char *published_across(const struct analysis *analysis, long long period);

/* Begin the table NAME, or NAME.what with a title of its own; `method` in words; `period` (NULL: none, or all) is the
 * one that it is of. Then add to it, as analysis->arrangement. */
void published_arrange(struct analysis *analysis, const long long *period, const char *what, const char *title,
                       const char *method);
size_t published_column(struct analysis *analysis, const char *heading, const char *unit);
size_t published_line(struct analysis *analysis, const char *heading, const char *code, const char *kind);
void published_enter(struct analysis *analysis, size_t line, size_t column, size_t figure);

/* An area's figure of a period, which was said. */
struct published_point {
	enum refusal refusal;        /* it has no value */
	enum refusal limits_refusal; /* it has none, or no limits */
	double value, low, high;     /* with its 95 per cent limits */
	size_t figure;               /* 0: none */
};

struct published_series {
	const long long *periods; /* in their order */
	size_t period_count;
	struct published_point *points; /* of each area, the periods in their order */
	/* What a point rests on; NULL: on nothing, as it is public. */
	void (*rest_on)(const struct analysis *analysis, long long period, size_t area, struct analysis_rests *rests);
	const char *what, *unit;         /* what a point is, for a reader: Share, % */
	const char *change_unit;         /* of what it changes by */
	const char *benchmark;           /* NULL: no line of one */
	const size_t *benchmark_figures; /* of each period; 0: none */
};

/* The table NAME.series: the points, and where the last five periods follow one another the trend of each area. */
void published_say_series(struct analysis *analysis, const struct published_series *series);

/* The table NAME.chart: each area's chart of individuals and moving ranges. */
void published_say_chart(struct analysis *analysis, const struct published_series *series);

#endif
