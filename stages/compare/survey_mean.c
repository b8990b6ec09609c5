#include "survey_mean.h"

#include <assert.h>
#include <math.h>

#include "gsl.h"

enum refusal survey_mean(struct survey_mean *estimate, const double *y, const double *w, size_t n, size_t sampled,
                         double level)
{
	if (n == 0)
		return REFUSAL_BASE_EMPTY;
	long double weights = 0, squared_weights = 0, sum = 0;
	size_t weighted = 0, first = 0;
	for (size_t i = 0; i < n; i++) {
		if (!isfinite(w[i]))
			return REFUSAL_WEIGHTS_MISSING;
		if (w[i] < 0)
			return REFUSAL_WEIGHTS_NEGATIVE;
		if (w[i] > 0 && weighted++ == 0)
			first = i;
		weights += w[i];
		squared_weights += (long double)w[i] * w[i];
	}
	assert(n <= sampled);
	if (weights == 0)
		return REFUSAL_WEIGHTS_ZERO;
	if (weighted < 2)
		return REFUSAL_N_BELOW_2;

	/* shifted by the first value that counts, as in moments_of */
	for (size_t i = 0; i < n; i++)
		sum += w[i] * ((long double)y[i] - y[first]);
	long double mean = y[first] + sum / weights, squares = 0;
	for (size_t i = 0; i < n; i++) {
		long double z = w[i] * (y[i] - mean) / weights;
		squares += z * z;
	}
	double variance = (double)(squares * (long double)sampled / (long double)(sampled - 1));
	*estimate = (struct survey_mean){
		.mean = (double)mean,
		.variance = variance,
		.se = sqrt(variance),
		.df = (double)(weighted - 1),
		.n_kish = (double)(weights * weights / squared_weights),
	};
	if (variance == 0)
		return REFUSAL_ZERO_VARIANCE;
	double t = 0;
	if (!gsl_checked_t_above(&t, (1 - level / 100) / 2, estimate->df))
		return REFUSAL_NOT_COMPUTABLE;
	estimate->low = estimate->mean - t * estimate->se;
	estimate->high = estimate->mean + t * estimate->se;
	return isfinite(estimate->low) && isfinite(estimate->high) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}
