#include "rate.h"

#include <math.h>

#include "gsl.h"
#include "rmath.h"

enum { LEAST_EVENTS = 10 };

enum refusal poisson_limits(struct rate *events, double observed, double level)
{
	double tail = (1 - level / 100) / 2, z = 0;
	*events = (struct rate){ .value = observed };
	if (observed < LEAST_EVENTS) {
		bool ok = (!(observed > 0) || rmath_checked_chi_square_above(&events->low, 1 - tail, 2 * observed))
		          && rmath_checked_chi_square_above(&events->high, tail, 2 * observed + 2);
		events->low /= 2;
		events->high /= 2;
		return ok ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
	}
	if (!gsl_checked_normal_above(&z, tail))
		return REFUSAL_NOT_COMPUTABLE;
	double next = observed + 1;
	events->low = observed * pow(1 - 1 / (9 * observed) - z / (3 * sqrt(observed)), 3);
	events->high = next * pow(1 - 1 / (9 * next) + z / (3 * sqrt(next)), 3);
	return REFUSAL_NONE;
}

static enum refusal scaled(struct rate *rate, double events, double factor, double level)
{
	enum refusal refusal = poisson_limits(rate, events, level);
	rate->value *= factor;
	rate->low *= factor;
	rate->high *= factor;
	return refusal;
}

enum refusal crude_rate(struct rate *rate, double events, double base, double multiplier, double level)
{
	return base > 0 ? scaled(rate, events, multiplier / base, level) : REFUSAL_BASE_EMPTY;
}

enum refusal standardised_ratio(struct rate *ratio, double observed, double expected, double level)
{
	return expected > 0 ? scaled(ratio, observed, 1 / expected, level) : REFUSAL_BASE_EMPTY;
}

enum refusal direct_rate(struct rate *rate, const double *events, const double *base, const double *standard,
                         size_t strata, double multiplier, double level)
{
	long double weights = 0, value = 0, variance = 0, observed = 0;
	for (size_t i = 0; i < strata; i++) {
		if (!(base[i] > 0))
			return REFUSAL_BASE_EMPTY;
		long double w = standard[i], x = events[i], n = base[i];
		weights += w;
		value += w * x / n;
		variance += w * w * x / (n * n);
		observed += x;
	}
	if (!(weights > 0))
		return REFUSAL_WEIGHTS_ZERO;
	if (observed < LEAST_EVENTS)
		return REFUSAL_FEWER_THAN_10_EVENTS;
	struct rate limits = { 0 };
	enum refusal refusal = poisson_limits(&limits, (double)observed, level);
	double standardised = (double)(value / weights);
	double scale = (double)(sqrtl(variance / observed) / weights);
	*rate = (struct rate){ multiplier * standardised,
		               multiplier * (standardised + scale * (limits.low - (double)observed)),
		               multiplier * (standardised + scale * (limits.high - (double)observed)) };
	return refusal;
}
