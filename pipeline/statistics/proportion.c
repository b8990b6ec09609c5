#include "proportion.h"

#include <assert.h>
#include <math.h>

#include "gsl.h"

/* The lower limit with its numerator made rational, since the difference above loses digits where x is small: with
 * s = sqrt(z^2 + 4x(1 - x/n)), (2x + z^2)^2 - z^2 s^2 = 4x^2 (n + z^2)/n. */
static double wilson_low(double x, double n, double z)
{
	return 2 * x * x / n / (2 * x + z * z + z * sqrt(z * z + 4 * x * (1 - x / n)));
}

static double wilson_high(double x, double n, double z)
{
	return x == n ? 1 : (2 * x + z * z + z * sqrt(z * z + 4 * x * (1 - x / n))) / (2 * (n + z * z));
}

enum refusal proportion_estimate(struct proportion *proportion, size_t x, size_t n, double level)
{
	assert(x <= n);
	if (n == 0)
		return REFUSAL_BASE_EMPTY;
	double z = 0;
	if (!gsl_checked_normal_above(&z, (1 - level / 100) / 2))
		return REFUSAL_NOT_COMPUTABLE;
	*proportion = (struct proportion){
		.p = (double)x / (double)n,
		.low = wilson_low((double)x, (double)n, z),
		.high = wilson_high((double)x, (double)n, z),
	};
	return REFUSAL_NONE;
}

enum refusal survey_proportion(struct survey_proportion *proportion, const struct survey_design *design,
                               const double *y, const size_t *member, size_t n, double level)
{
	struct survey_mean mean = { 0 };
	enum refusal refusal = survey_mean(&mean, design, y, member, n, level);
	double tail = (1 - level / 100) / 2, t = 0;
	*proportion = (struct survey_proportion){ .p = mean.mean, .df = mean.df };

	if (refusal == REFUSAL_ZERO_VARIANCE) {
		double reach = -expm1(log(tail) / mean.n_kish);
		proportion->exact = true;
		proportion->n_eff = mean.n_kish;
		proportion->low = mean.mean == 0 ? 0 : 1 - reach;
		proportion->high = mean.mean == 0 ? reach : 1;
		return REFUSAL_NONE;
	}
	if (refusal)
		return refusal;
	if (!gsl_checked_t_above(&t, tail, mean.df))
		return REFUSAL_NOT_COMPUTABLE;
	proportion->n_eff = mean.mean * (1 - mean.mean) / mean.variance;
	proportion->low = wilson_low(mean.mean * proportion->n_eff, proportion->n_eff, t);
	proportion->high = wilson_high(mean.mean * proportion->n_eff, proportion->n_eff, t);
	return isfinite(proportion->low) && isfinite(proportion->high) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}
