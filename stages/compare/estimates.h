/* An analysis of kind estimate under way: what somebody published of each area and period, with its 95 per cent limits,
 * and what follows of them. analysis_estimate.c says the tables, estimate_shrunken.c what rests on all areas. */
#ifndef CANVASS_COMPARE_ESTIMATES_H
#define CANVASS_COMPARE_ESTIMATES_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"
#include "published.h"
#include "published_table.h"

struct estimate {
	double value, low, high;
	double se;                   /* (high - low)/3.92 */
	enum refusal refusal;        /* there is no value */
	enum refusal limits_refusal; /* no value, no limits, or limits that do not stand around it */
	enum refusal se_refusal;     /* any of these, or limits that are no normal interval's */
};

/* Of one published estimate. `decimals` are what its publisher rounds to: limits that lie unequally far from the
 * estimate by more than that rounding and a tenth of their distance are no normal interval's. */
struct estimate estimate_of(struct published_value value, struct published_value low, struct published_value high,
                            int decimals);

/* How many decimals the numbers have, at most `most`: those that are NaN are left out. */
int estimate_decimals(const double *values, size_t count, int most);

struct estimates {
	struct published_values *value, *low, *high;
	struct published_values *benchmark; /* NULL: none, or a value of the config */
	int decimals;                       /* of what was published */
	long long period;                   /* the last one; 0 without a series */
	char *across;                       /* series=period; NULL: no series */
	double standard;                    /* of the benchmark, of the last period; NaN: there is none */
	size_t *figures, *se_figures;       /* of each area's estimate and error of the last period, once said */
	size_t benchmark_figure;
};

/* Of a period of the analysis. */
struct estimate estimates_at(const struct estimates *estimates, long long period, size_t area);

/* The table NAME.shrunken, once the estimates are said. */
void estimates_say_shrunken(struct analysis *analysis);

#endif
