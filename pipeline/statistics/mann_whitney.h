/* Does one of two groups tend to give higher answers? */
#ifndef CANVASS_STATISTICS_MANN_WHITNEY_H
#define CANVASS_STATISTICS_MANN_WHITNEY_H

#include <stdbool.h>
#include <stddef.h>

#include "reason.h"

struct mann_whitney {
	double u;           /* pairs in which the first group's value is higher; a tie is half a pair */
	double z;           /* above 0: the first group is higher; with the continuity correction */
	double p;           /* two-sided */
	bool exact;         /* p is the permutation distribution's */
	double superiority; /* P(first > second) + P(equal)/2 = u/(n1 n2) */
	double low, high;   /* of superiority; NaN where it is 0 or 1, or `level` is NaN */
};

/* Mann and Whitney 1947 over mid-ranks. Up to 50 values in all, p is exact given the ties: the share of all ways of
 * dividing the values into groups of these sizes whose rank sum lies at least as far from its mean (Streitberg and
 * Roehmel 1986). Above, z = (|U - n1 n2/2| - 1/2)/s, s^2 = n1 n2/12 (N + 1 - Sum(t^3 - t)/(N(N - 1))), p from both
 * tails of the normal distribution. The interval of superiority is that of 2P - 1 on the scale of atanh with the
 * variance (n1 + n2 + 1)/(3 n1 n2), as R's effectsize has it. Refused: a group of fewer than 3, all values equal. */
enum refusal mann_whitney(struct mann_whitney *test, const double *first, size_t n1, const double *second, size_t n2,
                          double level);

#endif
