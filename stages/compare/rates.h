/* An analysis of kind rate under way: the published figures, the areas that have a share, the centre of the funnel; and
 * what its lines and tables share. analysis_rate.c says the shares and the series, rate_funnel.c what rests on all
 * areas. */
#ifndef CANVASS_COMPARE_RATES_H
#define CANVASS_COMPARE_RATES_H

#include <stddef.h>

#include "analysis.h"
#include "lines.h"
#include "funnel.h"
#include "proportion.h"
#include "published.h"
#include "published_table.h"

/* A share that was said: where it stands in the results. */
struct share_figures {
	struct proportion share;
	enum refusal refusal;
	size_t estimate, low, high; /* figures */
};

/* What was said of an area's last period, which all tables show. */
struct said {
	size_t base;
	struct share_figures share;
};

struct rates {
	struct published *areas, *benchmark; /* benchmark NULL: none, or a value of the config */
	long long period;                    /* the last one; 0 without a series */
	char *across;                        /* series=period; NULL: no series */
	double centre;                       /* of the funnel, 0 to 1; NaN: there is none */
	enum refusal centre_refusal;
	struct overdispersion over;
	enum refusal over_refusal;
	size_t *areas_with; /* the areas that have a share, in their order */
	double *x, *n;      /* theirs */
	size_t count;
	struct said *said;      /* by area, filled by the first table */
	size_t benchmark_share; /* the figure of its last period */
};

/* Read the published figures, add their cells: analysis.own is a struct rates from here on. */
bool rates_begin(struct analysis *analysis, struct error *err);
void rates_free(void *own); /* accepts NULL */

/* The benchmark's own figures; NULL: it has none, or none of the period. */
const struct published_pair *rates_benchmark(const struct rates *rates, long long period);

/* What the centre of the funnel is, for a reader. */
const char *rates_centre_name(const struct analysis *analysis);

/* Rest on a pair's figures (NULL: on none); on those of all areas that have a share; on what the centre is computed
 * from. */
void rates_rest_on(struct analysis_rests *rests, const struct published_pair *pair);
void rates_rest_on_all(const struct analysis *analysis, struct analysis_rests *rests);
void rates_rest_on_centre(const struct analysis *analysis, struct analysis_rests *rests);

/* Begin the table NAME, or NAME.what with a title of its own, of the last period; `method` in words. */
void rates_arrange(struct analysis *analysis, const char *what, const char *title, const char *method);

/* The tables NAME.funnel and NAME.shrunken, once the shares are said. */
void rates_say_funnel(struct analysis *analysis);
void rates_say_shrunken(struct analysis *analysis);

#endif
