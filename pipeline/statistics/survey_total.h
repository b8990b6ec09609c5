/* Totals and ratios of a domain (an area), with the variance that the sampling design gives them. */
#ifndef CANVASS_STATISTICS_SURVEY_TOTAL_H
#define CANVASS_STATISTICS_SURVEY_TOTAL_H

#include "survey.h"

/* Of the n units `member` of the domain, whose values are y: T = Sum w y, z = w y (R's survey::svytotal on a subset). A
 * total of 1s is how many there are by the weights. It means something where the weights say how many each unit stands
 * for. deff = V / ((Sum w)^2 (1 - n/Sum w) s2/n), s2 as in survey_mean.h. Refused: as survey_estimate; every value 0 is
 * zero-variance. */
enum refusal survey_total(struct survey_estimate *estimate, const struct survey_design *design, const double *y,
                          const size_t *member, size_t n, double level);

/* R = Sum w y / Sum w x, z = w (y - R x) / Sum w x (R's survey::svyratio on a subset), where all n units have both.
 * deff is that of the total of z/w. Refused: as survey_estimate; Sum w x = 0 (denominator-zero); every y the same
 * multiple of its x is zero-variance. */
enum refusal survey_ratio(struct survey_estimate *estimate, const struct survey_design *design, const double *y,
                          const double *x, const size_t *member, size_t n, double level);

/* As statistics of one number, for survey_covariance; borrows *pair. */
struct survey_pair {
	const double *y, *x; /* of each member; x is not looked at by a total */
};
struct survey_statistic survey_total_of(const struct survey_pair *pair);
struct survey_statistic survey_ratio_of(const struct survey_pair *pair);

#endif
