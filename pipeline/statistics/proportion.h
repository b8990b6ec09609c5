/* A share of a base, as a proportion from 0 to 1, with an interval that stays within it. */
#ifndef CANVASS_STATISTICS_PROPORTION_H
#define CANVASS_STATISTICS_PROPORTION_H

#include <stdbool.h>
#include <stddef.h>

#include "reason.h"
#include "survey_mean.h"

struct proportion {
	double p, low, high;
};

/* Wilson 1927, without continuity correction: x of n, z the normal quantile of the level,
 *   (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)).
 * Refused: an empty base. */
enum refusal proportion_estimate(struct proportion *proportion, size_t x, size_t n, double level);

struct survey_proportion {
	double p, low, high;
	double df, n_eff;
	bool exact; /* the interval is the fallback at 0 or 1 */
};

/* The weighted share of a domain's units whose y is 1 (the others 0): p and V from survey_mean, then Wilson's interval
 * with n_eff = p(1 - p)/V for n, and t_df for z (Korn and Graubard 1998 for n_eff; Franco et al. 2019 for Wilson with
 * it). At 0 and 1 there is no V: Clopper-Pearson 1934 with Kish's n, which is then closed: 0 to 1 - (alpha/2)^(1/n), or
 * its mirror. Arguments and refusals as survey_mean's; no spread is none. */
enum refusal survey_proportion(struct survey_proportion *proportion, const struct survey_design *design,
                               const double *y, const size_t *member, size_t n, double level);

#endif
