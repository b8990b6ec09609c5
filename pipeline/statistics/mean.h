/* The mean of a simple random sample. */
#ifndef CANVASS_STATISTICS_MEAN_H
#define CANVASS_STATISTICS_MEAN_H

#include <stddef.h>

#include "reason.h"

/* Mean and sum of squared deviations from it, in two passes over values shifted by the first:
 *   mean = y1 + Sum(y - y1)/n,  squares = Sum (y - mean)^2 - (Sum (y - mean))^2 / n.
 * The shift takes away leading digits that all values share (NIST's StRD data sets NumAcc1 to 4), the last term what
 * rounding left in the mean (Chan, Golub and LeVeque 1983). n > 0. */
struct moments {
	size_t n;
	long double mean, squares;
};
struct moments moments_of(const double *y, size_t n);

struct mean_estimate {
	double mean;
	double sd, se;    /* n - 1 in the divisor; se = sd / sqrt(n) */
	double df;        /* n - 1 */
	double low, high; /* mean -/+ t_df se: Student 1908 */
};

/* `level` is the interval's, in per cent. All y are answers. Refused: no value, one value, no spread. */
enum refusal mean_estimate(struct mean_estimate *estimate, const double *y, size_t n, double level);

#endif
