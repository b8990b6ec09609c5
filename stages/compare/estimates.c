#include "estimates.h"

#include <math.h>

static const double width = 3.92; /* of a 95 per cent interval, in standard errors: 2 x 1.96 */

int estimate_decimals(const double *values, size_t count, int most)
{
	for (int decimals = 0; decimals < most; decimals++) {
		double unit = pow(10, decimals);
		size_t i = 0;
		while (i < count && (isnan(values[i]) || fabs(values[i] * unit - round(values[i] * unit)) < 1e-6))
			i++;
		if (i == count)
			return decimals;
	}
	return most;
}

static bool is_asymmetric(double value, double low, double high, int decimals)
{
	static const double tenth = 0.1, slack = 1.000001;
	/* the two ends are rounded by half a unit each, and the estimate, which counts twice */
	double rounding = 2 * pow(10, -decimals) * slack, apart = fabs(high + low - 2 * value);
	return apart > rounding && apart > tenth * fmin(high - value, value - low);
}

struct estimate estimate_of(struct published_value value, struct published_value low, struct published_value high,
                            int decimals)
{
	struct estimate of = { .value = value.value, .low = low.value, .high = high.value, .refusal = value.refusal };
	of.se = (of.high - of.low) / width;
	of.limits_refusal = of.refusal     ? of.refusal
	                    : low.refusal  ? low.refusal
	                    : high.refusal ? high.refusal
	                                   : REFUSAL_NONE;
	if (!of.limits_refusal && !(of.low <= of.value && of.value <= of.high && of.low < of.high))
		of.limits_refusal = REFUSAL_LIMITS_INVALID;
	of.se_refusal = of.limits_refusal;
	if (!of.se_refusal && is_asymmetric(of.value, of.low, of.high, decimals))
		of.se_refusal = REFUSAL_LIMITS_ASYMMETRIC;
	return of;
}

struct estimate estimates_at(const struct estimates *estimates, long long period, size_t area)
{
	return estimate_of(published_value_at(estimates->value, period, area),
	                   published_value_at(estimates->low, period, area),
	                   published_value_at(estimates->high, period, area), estimates->decimals);
}
