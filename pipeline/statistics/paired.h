/* The same people measured twice. */
#ifndef CANVASS_STATISTICS_PAIRED_H
#define CANVASS_STATISTICS_PAIRED_H

#include <stddef.h>

#include "reason.h"

struct paired {
	double before, after;          /* the two means */
	double change;                 /* after less before */
	double sd, se, df;             /* of the changes, n - 1 in the divisor; df = n - 1 */
	double statistic, p;           /* t, two-sided */
	double low, high;              /* of the change, at the level asked for */
	double d_z, d_z_low, d_z_high; /* change/sd */
	double d_before;               /* change/(standard deviation before); NaN where there is none */
};

/* Student 1908 on the n differences after[i] - before[i]: t = change/se, se = sd/sqrt(n), df = n - 1.
 *
 * Two sizes of effect, which are not alike: Cohen's d_z (1988, 2.3.5) counts in standard deviations of the change,
 * which are small where people keep their order; its interval turns the noncentral t round: the noncentralities that
 * leave `level` per cent between the tails, over sqrt(n). The other counts in standard deviations before, which people
 * of one wave differ by (Becker 1988, without its correction).
 *
 * Neither array has missing values. Refused: nobody, one pair, no spread of the differences. */
enum refusal paired(struct paired *change, const double *before, const double *after, size_t n, double level);

#endif
