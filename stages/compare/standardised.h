/* An analysis of kind rate with `standardise` under way: the published figures of each group (age band, say), the
 * population that the areas are held to, and the rates that follow. analysis_standardised.c says the tables. */
#ifndef CANVASS_COMPARE_STANDARDISED_H
#define CANVASS_COMPARE_STANDARDISED_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"
#include "lines.h"
#include "published.h"
#include "rate.h"

/* The figures where the variable `by` has one of its codes. */
struct standard_group {
	struct study_analysis config; /* the analysis', with the filter of the group */
	char *filter;
	struct published *areas, *standard, *benchmark; /* standard, benchmark NULL: no dataset of one */
	double events, base;                            /* of the standard population */
};

struct standardised {
	struct standard_group *groups;
	size_t group_count;
	bool direct;
	double per;
	enum refusal refusal; /* the standard population has no figure for a group */
	long long *periods;   /* of any group, in their order */
	size_t period_count;
	long long period; /* the last one */
	char *across;     /* series=period; NULL: no series */
	double benchmark; /* in the rates' unit; NaN: none */
};

/* Of an area, or of the benchmark: all groups together. */
struct standard_rate {
	enum refusal refusal; /* of a group that has no figure; else of the standardised figures */
	bool counted;         /* every group has its figures */
	bool sound;           /* and no more events than its base holds */
	double events, base;
	double expected;                /* indirect: events at the standard's rates */
	struct rate crude, ratio, rate; /* ratio: indirect, times 100 */
};

/* Read what the config asks for, add the cells: analysis.own is a struct standardised from here on. */
bool standardised_begin(struct analysis *analysis, struct error *err);
void standardised_free(void *own); /* accepts NULL */

/* Of an area in a period, with limits at `level`. */
struct standard_rate standardised_rate(const struct standardised *standardised, long long period, size_t area,
                                       double level);

/* Rest on the figures of the area's groups; on those of the standard population. */
void standardised_rest_on(const struct standardised *standardised, long long period, size_t area,
                          struct analysis_rests *rests);
void standardised_rest_on_standard(const struct standardised *standardised, struct analysis_rests *rests);
#endif
