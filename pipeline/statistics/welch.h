/* Do the means of several groups differ? Without taking their variances to be equal. */
#ifndef CANVASS_STATISTICS_WELCH_H
#define CANVASS_STATISTICS_WELCH_H

#include <stddef.h>

#include "reason.h"

struct welch {
	double statistic, df, df2, p;
};

/* Welch 1951: groups of n_j values with means m_j and variances s_j^2, w_j = n_j/s_j^2, W = Sum w_j, m~ = Sum w_j m_j /
 * W, A = Sum w_j (m_j - m~)^2/(k - 1),  L = Sum (1 - w_j/W)^2/(n_j - 1), F = A/(1 + 2(k - 2) L/(k^2 - 1)),  df = k - 1,
 * df2 = (k^2 - 1)/(3L),  p from the upper tail. Group j's values are y[first[j]] to y[first[j + 1] - 1]; `groups` + 1
 * positions. Refused: fewer than 2 groups, a group of fewer than 2 values or without spread. */
enum refusal welch_anova(struct welch *welch, const double *y, const size_t *first, size_t groups);

#endif
