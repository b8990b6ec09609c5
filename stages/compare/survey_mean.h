/* The weighted mean of a domain (an area), with the variance that the sampling design gives it. */
#ifndef CANVASS_COMPARE_SURVEY_MEAN_H
#define CANVASS_COMPARE_SURVEY_MEAN_H

#include <stddef.h>

#include "reason.h"

struct survey_mean {
	double mean;
	double variance, se;
	double df;        /* units of the domain with a weight above 0, less 1 */
	double n_kish;    /* Kish 1965: (Sum w)^2 / Sum w^2, the units that the weights leave */
	double low, high; /* mean -/+ t_df se */
};

/* Units drawn one by one with unequal weights w, no strata, clusters or finite-population correction. The domain's n
 * units are given; the `sampled` units of the whole design count too, those outside the domain with z = 0, because how
 * many of the sample fall into the domain is itself chance (Binder 1983; Lumley 2010, 2.2; R's survey::svymean on a
 * subset): m = Sum w y / Sum w,  z = w (y - m) / Sum w,  V = N/(N - 1) Sum z^2. Refused: no unit; a weight that is
 * missing (NaN), negative, or all zero; fewer than 2 units with a weight above 0; no spread, where *estimate still
 * holds mean, df and n_kish. */
enum refusal survey_mean(struct survey_mean *estimate, const double *y, const double *w, size_t n, size_t sampled,
                         double level);

#endif
