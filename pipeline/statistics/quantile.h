/* A quantile of a simple random sample, with an interval that asks nothing of how the values are distributed. */
#ifndef CANVASS_STATISTICS_QUANTILE_H
#define CANVASS_STATISTICS_QUANTILE_H

#include <stddef.h>

#include "reason.h"

/* Which of the ordered values, from 1. */
struct quantile_ranks {
	size_t at, low, high;
};

/* Of n values, 0 < p < 1: `at` is the smallest k with k/n >= p (to 1e-12), so that the value is the smallest with
 * F >= p, as that of survey_quantile.h and R's quantile(type = 1). With B(q) the smallest x such that a binomial count
 * of n and p is at most x with a probability of q or more, low = B(a/2) and high = B(1 - a/2) + 1, a = 1 - level: the
 * chance that the population's quantile lies below the one or above the other is a/2 at most each (Thompson 1936; Hahn
 * and Meeker 1991, 5.2). Refused: no value; a limit that no value is (interval-open), where only `at` is set. */
enum refusal quantile_ranks(struct quantile_ranks *ranks, size_t n, double p, double level);

struct quantile {
	struct quantile_ranks ranks;
	double value, low, high;
};

/* Of values in ascending order. Refused: as quantile_ranks; *quantile holds the value where the interval alone is. */
enum refusal quantile_estimate(struct quantile *quantile, const double *ascending, size_t n, double p, double level);

#endif
