/* Means of domains (areas) compared, of a sample with weights or a design. */
#ifndef CANVASS_STATISTICS_SURVEY_WALD_H
#define CANVASS_STATISTICS_SURVEY_WALD_H

#include "survey.h"

struct survey_wald {
	double statistic, df, df2, p; /* F */
	double wald;                  /* W, before it is F */
	double design_df;             /* survey_degrees of all the domains together */
	double least_df;              /* of the domain that has fewest */
};

/* Do the means of k domains differ? With m their weighted means, C the k - 1 contrasts of each with the last, and V the
 * covariance that the design gives them all together, so that clusters which reach into several domains count as they
 * are: W = (Cm)' (C V C')^-1 (Cm), q = k - 1, d the degrees of freedom of the design (the clusters with anybody of
 * any domain, less their strata). F = (d - q + 1)/(d q) W with q and d - q + 1 degrees of freedom (Korn and Graubard
 * 1990; the adjusted Wald test of R's svychisq and of Stata; W is that of R's regTermTest on svyglm, which divides it
 * by q and takes d + 1 - k). p from the upper tail. Domain j's units are member[first[j]] to member[first[j + 1] - 1],
 * their values y in the same order; `domains` + 1 positions. Refused: fewer than 2 domains; one whose mean survey_mean
 * refuses, as where nobody differs, or all are of one cluster; d < q; means of which some follow from the others, as
 * few clusters shared by all of many domains leave them. */
enum refusal survey_wald(struct survey_wald *test, const struct survey_design *design, const double *y,
                         const size_t *member, const size_t *first, size_t domains);

/* What two means (of 0 and 1: two shares) are compared by. */
enum survey_scale {
	SURVEY_DIFFERENCE, /* m1 - m2 */
	SURVEY_RATIO,      /* m1/m2, on the scale of its logarithm */
	SURVEY_ODDS,       /* m1/(1 - m1) over m2/(1 - m2), likewise */
};

struct survey_contrast {
	double value;
	double se, statistic, df; /* t, of the scale's own (the logarithm of a ratio) */
	double p;                 /* two-sided */
	double low, high;
	double n_kish;   /* of the domain that has less */
	double least_df; /* of the domain that has fewer */
};

/* Two domains: the first n1 of the units `member`, and the n2 behind them. The influence of a unit on the contrast is
 * g'(m1) z of the first mean, or -g'(m2) z of the second, g the scale; t with the degrees of freedom of both domains
 * together (R's svycontrast over svyby with covmat = TRUE; svyttest has one less). Refused: a domain whose mean
 * survey_mean refuses; a share of 0 or 1 in a ratio (count-zero); a contrast that the design leaves no error. */
enum refusal survey_contrast(struct survey_contrast *contrast, const struct survey_design *design, const double *y,
                             const size_t *member, size_t n1, size_t n2, enum survey_scale scale, double level);

/* A statistic of one number by itself, as t, for other contrasts of two domains: p and the limits. Fills in all but
 * n_kish and least_df. */
enum refusal survey_contrast_of(struct survey_contrast *contrast, const struct survey_design *design,
                                const struct survey_statistic *statistic, const size_t *member, size_t n, double level);

#endif
