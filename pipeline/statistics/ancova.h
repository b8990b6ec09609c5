/* Do areas differ at the later wave among people who began alike? Analysis of covariance on the earlier wave. */
#ifndef CANVASS_STATISTICS_ANCOVA_H
#define CANVASS_STATISTICS_ANCOVA_H

#include <stddef.h>

#include "reason.h"

struct ancova {
	double slope;                 /* of later on earlier, the same in every group */
	double statistic, df, df2, p; /* F of the groups */
};

struct adjusted_mean {
	double mean, se, low, high; /* of a group, at the mean of the earlier values of all */
};

/* Fisher 1932, later = group + slope x earlier, least squares. With deviations dx, dy from the group's own means, b =
 * Sum dx dy/Sum dx^2, the residual sum within is E = Sum (dy - b dx)^2, df2 = N - k - 1; T is the same about the means
 * of all, with its own slope; F = ((T - E)/(k - 1))/(E/df2), the upper tail. R's anova(lm(later ~ earlier), lm(later ~
 * earlier + group)). Adjusted mean of group j: y_j - b(x_j - x), its variance E/df2 (1/n_j + (x_j - x)^2/Sum dx^2), R's
 * predict at the mean of the earlier values. The slope is taken to be the same in every group, and what earlier values
 * were measured with error is not made good.
 *
 * Group j's values are earlier[first[j]] to earlier[first[j + 1] - 1], and so for later; `groups` + 1 positions.
 * `adjusted` gets one a group. Refused: fewer than 2 groups, an empty group, N - k - 1 below 1, no spread of the
 * earlier values within the groups, nothing left unexplained. */
enum refusal ancova(struct ancova *test, struct adjusted_mean *adjusted, const double *earlier, const double *later,
                    const size_t *first, size_t groups, double level);

#endif
