/* A share of a base, as a proportion from 0 to 1, with an interval that stays within it. */
#ifndef CANVASS_STATISTICS_PROPORTION_H
#define CANVASS_STATISTICS_PROPORTION_H

#include <stdbool.h>
#include <stddef.h>

#include "reason.h"
#include "survey_mean.h"

/* Of x of n, z the normal quantile of the level, a = 1 - level, B(q; a, b) a beta distribution's quantile:
 *   Wilson 1927, without continuity correction: (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2));
 *   Clopper and Pearson 1934 (exact): B(a/2; x, n - x + 1) to B(1 - a/2; x + 1, n - x), 0 at x = 0 and 1 at x = n;
 *   Jeffreys: B(a/2; x + 1/2, n - x + 1/2) to B(1 - a/2; the same), 0 at x = 0 and 1 at x = n (Brown, Cai and
 *     DasGupta 2001);
 *   logit: log(x/(n - x)) -/+ z sqrt(n/(x(n - x))), turned back; of neither 0 nor n. */
enum proportion_method {
	PROPORTION_WILSON,
	PROPORTION_CLOPPER_PEARSON,
	PROPORTION_JEFFREYS,
	PROPORTION_LOGIT,
	PROPORTION_METHODS
};

struct proportion {
	double p, low, high;
};

/* Refused: an empty base; logit: x is 0 or n (count-zero). */
enum refusal proportion_interval(struct proportion *proportion, size_t x, size_t n, double level,
                                 enum proportion_method method);

/* Wilson's. */
enum refusal proportion_estimate(struct proportion *proportion, size_t x, size_t n, double level);

struct survey_proportion {
	double p, low, high;
	double df, n_eff;
	double deff; /* survey_mean's deff_replace; NaN: none */
	bool exact;  /* the interval is the fallback at 0 or 1 */
};

/* The weighted share of a domain's units whose y is 1 (the others 0): p and V from survey_mean, n_eff = p(1 - p)/V, and
 *   Wilson's interval with n_eff for n, and t_df for z (Franco et al. 2019);
 *   Clopper and Pearson's with n* = n_eff (t_{n-1}/t_df)^2 for n and p n* for x (Korn and Graubard 1998), n the units
 *     with a weight above 0;
 *   Jeffreys' with the same;
 *   logit's, log(p/(1 - p)) -/+ t_df sqrt(V)/(p(1 - p)), turned back.
 * At 0 and 1 there is no V: Clopper-Pearson with Kish's n, which is then closed: 0 to 1 - (alpha/2)^(1/n), or its
 * mirror. Arguments and refusals as survey_mean's; no spread is none, but of logit it is count-zero. */
enum refusal survey_proportion_interval(struct survey_proportion *proportion, const struct survey_design *design,
                                        const double *y, const size_t *member, size_t n, double level,
                                        enum proportion_method method);

/* Wilson's. */
enum refusal survey_proportion(struct survey_proportion *proportion, const struct survey_design *design,
                               const double *y, const size_t *member, size_t n, double level);

#endif
