#include "alpha.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <Rmath.h>

#include "mem.h"

/* Of two columns of x, over the rows that have both; *rows says how many. NaN where there are fewer than 2. */
static double covariance(const double *x, size_t n, size_t k, size_t i, size_t j, size_t *rows)
{
	const double *first = NULL;
	long double sum_i = 0, sum_j = 0, left_i = 0, left_j = 0, products = 0;
	*rows = 0;
	for (const double *row = x; row < x + n * k; row += k) {
		if (isnan(row[i]) || isnan(row[j]))
			continue;
		first = first ? first : row;
		sum_i += (long double)row[i] - first[i];
		sum_j += (long double)row[j] - first[j];
		++*rows;
	}
	if (*rows < 2)
		return NAN;
	long double count = (long double)*rows, mean_i = first[i] + sum_i / count, mean_j = first[j] + sum_j / count;
	for (const double *row = first; row < x + n * k; row += k) {
		if (isnan(row[i]) || isnan(row[j]))
			continue;
		long double d_i = row[i] - mean_i, d_j = row[j] - mean_j;
		products += d_i * d_j;
		left_i += d_i;
		left_j += d_j;
	}
	return (double)((products - left_i * left_j / count) / (count - 1));
}

void alpha_covariances(double *c, const double *x, size_t n, size_t k)
{
	assert(n > 1);
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j <= i; j++) {
			size_t rows = 0;
			c[i * k + j] = c[j * k + i] = covariance(x, n, k, i, j, &rows);
			assert(rows == n);
		}
}

enum refusal alpha_covariances_pairwise(double *c, const double *x, size_t n, size_t k)
{
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j <= i; j++) {
			size_t rows = 0;
			c[i * k + j] = c[j * k + i] = covariance(x, n, k, i, j, &rows);
			if (rows < ALPHA_LEAST_ROWS)
				return REFUSAL_COMPLETE_BELOW_30;
		}
	return REFUSAL_NONE;
}

/* Of the items but `without` (k: of all): the sum of their variances, and of all their covariances. */
static void add_up(const double *c, size_t k, size_t without, long double *variances, long double *total)
{
	*variances = *total = 0;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k && i != without; j++) {
			*variances += i == j ? c[i * k + j] : 0;
			*total += j != without ? c[i * k + j] : 0;
		}
}

/* A sum of variances and covariances that cancel is 0 but for rounding. */
static bool is_spread(long double total, long double variances)
{
	return total > 1e-12L * variances;
}

static enum refusal alpha_without(double *alpha, const double *c, size_t k, size_t without)
{
	long double variances = 0, total = 0, items = (long double)k - (without < k);
	if (items < 2)
		return REFUSAL_FEWER_THAN_2_ITEMS;
	add_up(c, k, without, &variances, &total);
	if (!is_spread(total, variances))
		return REFUSAL_ZERO_VARIANCE;
	double computed = (double)(items / (items - 1) * (1 - variances / total));
	if (!isfinite(computed))
		return REFUSAL_NOT_COMPUTABLE;
	if (computed < 0)
		return REFUSAL_ALPHA_NEGATIVE;
	*alpha = computed;
	return REFUSAL_NONE;
}

static double mean_inter_item(const double *c, size_t k)
{
	long double sum = 0;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < i; j++) {
			double r = NAN;
			if (alpha_inter_item(&r, c, k, i, j))
				return NAN;
			sum += r;
		}
	return (double)(sum / ((long double)k * (long double)(k - 1) / 2));
}

enum refusal alpha_estimate(struct alpha *alpha, const double *c, size_t k, size_t n, double level)
{
	*alpha = (struct alpha){ .low = NAN, .high = NAN, .mean_r = NAN };
	if (n > 0 && n < ALPHA_LEAST_ROWS)
		return REFUSAL_COMPLETE_BELOW_30;
	enum refusal refusal = alpha_without(&alpha->alpha, c, k, k);
	if (refusal)
		return refusal;
	alpha->mean_r = mean_inter_item(c, k);
	if (n == 0)
		return REFUSAL_NONE;
	double tail = (1 - level / 100) / 2, df = (double)(n - 1), df2 = df * (double)(k - 1);
	if (!(tail > 0 && tail < 0.5))
		return REFUSAL_NOT_COMPUTABLE;
	alpha->low = 1 - (1 - alpha->alpha) * qf(tail, df, df2, false, false);
	alpha->high = 1 - (1 - alpha->alpha) * qf(tail, df, df2, true, false);
	return isfinite(alpha->low) && isfinite(alpha->high) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

enum refusal alpha_if_dropped(double *alpha, const double *c, size_t k, size_t item)
{
	assert(item < k);
	return alpha_without(alpha, c, k, item);
}

enum refusal alpha_item_rest(double *r, const double *c, size_t k, size_t item)
{
	assert(item < k);
	long double variances = 0, rest = 0, shared = 0, own = c[item * k + item];
	if (k < 2)
		return REFUSAL_FEWER_THAN_2_ITEMS;
	add_up(c, k, item, &variances, &rest);
	for (size_t j = 0; j < k; j++)
		shared += j != item ? c[item * k + j] : 0;
	if (own <= 0 || !is_spread(rest, variances))
		return REFUSAL_ZERO_VARIANCE;
	*r = (double)(shared / sqrtl(own * rest));
	return isfinite(*r) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

enum refusal alpha_inter_item(double *r, const double *c, size_t k, size_t i, size_t j)
{
	assert(i < k && j < k);
	double spread = c[i * k + i], other = c[j * k + j];
	if (!(spread > 0 && other > 0))
		return REFUSAL_ZERO_VARIANCE;
	*r = c[i * k + j] / sqrt(spread) / sqrt(other);
	return isfinite(*r) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}
