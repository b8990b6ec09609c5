/* One-way analysis of variance, with one variance for all groups. Groups as in rank.h. */
#ifndef CANVASS_STATISTICS_ANOVA_H
#define CANVASS_STATISTICS_ANOVA_H

#include <stdbool.h>
#include <stddef.h>

#include "reason.h"

struct anova {
	long double between, within; /* sums of squares */
	double df, df2;              /* k - 1 and N - k */
	double statistic, p;         /* F = (between/df)/(within/df2) and its upper tail */
	double r2, sd;               /* between/(between + within); sqrt(within/df2) */
};

/* Fisher 1925. Sums of squares by moments_of (mean.h), which shifts the values, so that leading digits that all of them
 * share cost none: NIST's StRD sets SmLs07 to 09. Refused: fewer than 2 groups, an empty group, no group of 2 or more,
 * no spread within the groups. */
enum refusal anova(struct anova *anova, const double *y, const size_t *first, size_t groups);

/* The same without F's p, which ends where a distribution does. */
enum refusal anova_sums(struct anova *anova, const double *y, const size_t *first, size_t groups);

/* Whether one variance for all groups is a doubtful assumption: the largest standard deviation of a group is more than
 * twice the smallest, and the largest group more than 1.5 times the smallest. With groups of one size a pooled test
 * bears different spreads well (Box 1954; Blanca and others 2018). A group of fewer than 2 has no spread and does not
 * count. */
bool anova_spreads_differ(const double *y, const size_t *first, size_t groups);

#endif
