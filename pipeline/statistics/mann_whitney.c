#include "mann_whitney.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gsl.h"
#include "mem.h"
#include "rank.h"

enum { EXACT_MOST = 50, LEAST_OF_A_GROUP = 3 };

/* In how many ways `size` of the n values have each sum of doubled mid-ranks (which are whole numbers), then the share
 * of the ways whose sum is at least as far from the mean as the observed one. Exact: C(50, 25) < 2^53. */
static double exact_tails(const double *ranks, size_t n, size_t size, double rank_sum)
{
	size_t most = n * (n + 1); /* doubled sum of all */
	double *ways = mem_alloc((size + 1) * (most + 1), sizeof *ways);
	ways[0] = 1;
	for (size_t i = 0; i < n; i++) {
		size_t rank = (size_t)llround(2 * ranks[i]);
		for (size_t k = i + 1 < size ? i + 1 : size; k > 0; k--) {
			double *to = ways + k * (most + 1), *from = to - (most + 1);
			for (size_t sum = most; sum >= rank; sum--)
				to[sum] += from[sum - rank];
		}
	}
	long long mean = (long long)(size * (n + 1)), seen = llround(2 * rank_sum);
	long long distance = llabs(seen - mean);
	double all = 0, far = 0;
	for (size_t sum = 0; sum <= most; sum++) {
		double here = ways[size * (most + 1) + sum];
		all += here;
		if (llabs((long long)sum - mean) >= distance)
			far += here;
	}
	free(ways);
	return far / all;
}

static bool find_interval(struct mann_whitney *test, double n1, double n2, double level)
{
	double z = 0, r = 2 * test->superiority - 1;
	test->low = test->high = NAN;
	if (isnan(level) || !(fabs(r) < 1))
		return true;
	if (!gsl_checked_normal_above(&z, (1 - level / 100) / 2))
		return false;
	double half = z * sqrt((n1 + n2 + 1) / (3 * n1 * n2));
	test->low = (tanh(atanh(r) - half) + 1) / 2;
	test->high = (tanh(atanh(r) + half) + 1) / 2;
	return true;
}

enum refusal mann_whitney(struct mann_whitney *test, const double *first, size_t n1, const double *second, size_t n2,
                          double level)
{
	if (n1 < LEAST_OF_A_GROUP || n2 < LEAST_OF_A_GROUP)
		return REFUSAL_N_BELOW_3;
	size_t n = n1 + n2;
	double *both = mem_alloc(n, sizeof *both), *ranks = mem_alloc(n, sizeof *ranks);
	memcpy(both, first, n1 * sizeof *both);
	memcpy(both + n1, second, n2 * sizeof *both);
	long double ties = rank_all(ranks, NULL, both, n), a = (long double)n1, b = (long double)n2, sum = 0;
	for (size_t i = 0; i < n1; i++)
		sum += ranks[i];
	long double u = sum - a * (a + 1) / 2, distance = u - a * b / 2, total = a + b;
	long double variance = a * b / 12 * (total + 1 - ties / (total * (total - 1)));
	enum refusal refusal = variance > 0 ? REFUSAL_NONE : REFUSAL_ZERO_VARIANCE;
	if (!refusal) {
		long double half = distance > 0 ? 0.5L : distance < 0 ? -0.5L : 0;
		*test = (struct mann_whitney){ .u = (double)u,
			                       .z = (double)((distance - half) / sqrtl(variance)),
			                       .exact = n <= EXACT_MOST,
			                       .superiority = (double)(u / (a * b)) };
		bool ok = true;
		if (test->exact) {
			test->p = exact_tails(ranks, n, n1, (double)sum);
		} else {
			ok = gsl_checked_normal_tail(&test->p, fabs(test->z));
			test->p = fmin(1, 2 * test->p);
		}
		if (!ok || !find_interval(test, (double)n1, (double)n2, level))
			refusal = REFUSAL_NOT_COMPUTABLE;
	}
	free(both);
	free(ranks);
	return refusal;
}
