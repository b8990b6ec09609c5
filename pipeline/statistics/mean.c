#include "mean.h"

#include <assert.h>
#include <math.h>

#include "gsl.h"

struct moments moments_of(const double *y, size_t n)
{
	assert(n > 0);
	long double sum = 0, squares = 0, left = 0;
	for (size_t i = 0; i < n; i++)
		sum += (long double)y[i] - y[0];
	long double mean = y[0] + sum / (long double)n;
	for (size_t i = 0; i < n; i++) {
		long double deviation = y[i] - mean;
		squares += deviation * deviation;
		left += deviation;
	}
	squares -= left * left / (long double)n;
	return (struct moments){ .n = n, .mean = mean, .squares = squares > 0 ? squares : 0 };
}

enum refusal mean_estimate(struct mean_estimate *estimate, const double *y, size_t n, double level)
{
	if (n == 0)
		return REFUSAL_BASE_EMPTY;
	if (n < 2)
		return REFUSAL_N_BELOW_2;
	struct moments moments = moments_of(y, n);
	if (moments.squares == 0)
		return REFUSAL_ZERO_VARIANCE;
	double df = (double)(n - 1), t = 0;
	if (!gsl_checked_t_above(&t, (1 - level / 100) / 2, df))
		return REFUSAL_NOT_COMPUTABLE;
	double mean = (double)moments.mean, sd = (double)sqrtl(moments.squares / df), se = sd / sqrt((double)n);
	*estimate = (struct mean_estimate){
		.mean = mean, .sd = sd, .se = se, .df = df, .low = mean - t * se, .high = mean + t * se
	};
	return isfinite(estimate->low) && isfinite(estimate->high) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}
