/* The weighted mean of a domain (an area), with the variance that the sampling design gives it. */
#ifndef CANVASS_STATISTICS_SURVEY_MEAN_H
#define CANVASS_STATISTICS_SURVEY_MEAN_H

#include "survey.h"

struct survey_mean {
	double mean;
	double variance, se;
	double df;                 /* survey_degrees */
	double n_kish;             /* survey_n_kish */
	double low, high;          /* mean -/+ t_df se */
	double deff, deff_replace; /* as of struct survey_estimate; NaN where refused */
};

/* Of the n units `member` of the domain, whose values are y: m = Sum w y / Sum w, z = w (y - m) / Sum w, and V as of
 * survey_covariance (R's survey::svymean on a subset). deff = V / ((1 - n/Sum w) s2/n), where n units have a weight
 * above 0 and s2 = n/(n - 1) Sum w (y - m)^2 / Sum w (R's svymean(deff = TRUE), deff = "replace" without 1 - n/Sum w).
 * Refused: as survey_estimate; no spread is that of y, where *estimate still holds mean, df and n_kish. */
enum refusal survey_mean(struct survey_mean *estimate, const struct survey_design *design, const double *y,
                         const size_t *member, size_t n, double level);

#endif
