/* The quantile of a domain (an area), with the interval that the sampling design gives it. */
#ifndef CANVASS_STATISTICS_SURVEY_QUANTILE_H
#define CANVASS_STATISTICS_SURVEY_QUANTILE_H

#include "survey.h"

/* What is between two values where F is exactly p at the lower one. */
enum survey_quantile_rule {
	SURVEY_QUANTILE_MATH,   /* the lower: the smallest value with F >= p */
	SURVEY_QUANTILE_SCHOOL, /* their mid-point: a median as at school */
};

/* Of the n units `member` of the domain, whose values are y, where F(v) is the weighted share of those at or below v:
 * the quantile q is the smallest value with F(q) >= p, 0 < p < 1 (R's svyquantile, qrule "math" and "school"; F counts
 * as p where it is within 1e-12 of it). Its interval: that of the share F(q), F(q) -/+ t_df se by survey_mean, put back
 * through the inverse of F (Woodruff 1952; R's interval.type = "mean"); se = (high - low) / (2 t), whose square is
 * `variance`. deff is that of the share F(q). With replicates the share's variance is theirs.
 * Refused: as survey_mean; a limit of the share below 0 or above 1, or no share because nobody lies above q
 * (interval-open). *estimate holds value, df and n_kish where the interval alone is refused. */
enum refusal survey_quantile(struct survey_estimate *estimate, const struct survey_design *design, const double *y,
                             const size_t *member, size_t n, double p, enum survey_quantile_rule rule, double level);

#endif
