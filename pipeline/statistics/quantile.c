#include "quantile.h"

#include <math.h>

#include "rmath.h"

enum refusal quantile_ranks(struct quantile_ranks *ranks, size_t n, double p, double level)
{
	static const double tie_error = 1e-12;
	double tail = (1 - level / 100) / 2, low = 0, high = 0;
	*ranks = (struct quantile_ranks){ 0 };
	if (n == 0)
		return REFUSAL_BASE_EMPTY;
	if (!(p > 0 && p < 1))
		return REFUSAL_NOT_COMPUTABLE;
	double at = ceil((double)n * (p - tie_error));
	ranks->at = at < 1 ? 1 : (size_t)at;
	if (!rmath_checked_binomial_quantile(&low, tail, (double)n, p)
	    || !rmath_checked_binomial_quantile(&high, 1 - tail, (double)n, p))
		return REFUSAL_NOT_COMPUTABLE;
	if (low < 1 || high >= (double)n)
		return REFUSAL_INTERVAL_OPEN;
	ranks->low = (size_t)low;
	ranks->high = (size_t)high + 1;
	return REFUSAL_NONE;
}

enum refusal quantile_estimate(struct quantile *quantile, const double *ascending, size_t n, double p, double level)
{
	*quantile = (struct quantile){ 0 };
	enum refusal refusal = quantile_ranks(&quantile->ranks, n, p, level);
	if (quantile->ranks.at)
		quantile->value = ascending[quantile->ranks.at - 1];
	if (refusal)
		return refusal;
	quantile->low = ascending[quantile->ranks.low - 1];
	quantile->high = ascending[quantile->ranks.high - 1];
	return REFUSAL_NONE;
}
