#include "rubin.h"

#include <math.h>
#include <stdbool.h>

#include "gsl.h"

static bool are_numbers(const double *estimates, const double *variances, size_t m)
{
	for (size_t i = 0; i < m; i++)
		if (!isfinite(estimates[i]) || !isfinite(variances[i]) || variances[i] < 0)
			return false;
	return true;
}

static void add_up(struct rubin *pooled, const double *estimates, const double *variances, size_t m)
{
	long double sum = 0, within = 0, squares = 0;
	for (size_t i = 0; i < m; i++) {
		sum += (long double)estimates[i] - estimates[0];
		within += variances[i];
	}
	long double mean = sum / m;
	for (size_t i = 0; i < m; i++) {
		long double from = (long double)estimates[i] - estimates[0] - mean;
		squares += from * from;
	}
	pooled->estimate = (double)(estimates[0] + mean);
	pooled->within = (double)(within / m);
	pooled->between = (double)(squares / (m - 1));
}

static double degrees(double lambda, size_t m, double complete_df)
{
	double observed =
		isinf(complete_df) ? INFINITY : (complete_df + 1) / (complete_df + 3) * complete_df * (1 - lambda);
	if (lambda == 0)
		return observed;
	double old = (double)(m - 1) / (lambda * lambda);
	return isinf(observed) ? old : old * observed / (old + observed);
}

enum refusal rubin_pool(struct rubin *pooled, const double *estimates, const double *variances, size_t m,
                        double complete_df, double level)
{
	if (m < 2)
		return REFUSAL_FEWER_THAN_2_IMPUTATIONS;
	if (!are_numbers(estimates, variances, m) || !(complete_df > 0))
		return REFUSAL_NOT_COMPUTABLE;
	*pooled = (struct rubin){ 0 };
	add_up(pooled, estimates, variances, m);
	double added = (1 + 1 / (double)m) * pooled->between;
	pooled->variance = pooled->within + added;
	if (!(pooled->variance > 0))
		return REFUSAL_ZERO_VARIANCE;
	pooled->se = sqrt(pooled->variance);
	pooled->lambda = added / pooled->variance;
	pooled->relative = pooled->within > 0 ? added / pooled->within : INFINITY;
	pooled->df = degrees(pooled->lambda, m, complete_df);
	if (!(pooled->df >= 1))
		return REFUSAL_NOT_COMPUTABLE;
	double few = isinf(pooled->df) ? 0 : 2 / (pooled->df + 3);
	/* (r + few)/(r + 1), which has an end where r has none */
	pooled->missing = pooled->lambda + few * (1 - pooled->lambda);
	double tail = (1 - level / 100) / 2, t = NAN;
	bool ok = isinf(pooled->df) ? gsl_checked_normal_above(&t, tail) : gsl_checked_t_above(&t, tail, pooled->df);
	pooled->low = pooled->estimate - t * pooled->se;
	pooled->high = pooled->estimate + t * pooled->se;
	return ok ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}
