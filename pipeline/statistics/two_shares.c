#include "two_shares.h"

#include <math.h>

#include "gsl.h"
#include "proportion.h"
#include "rmath.h"

static enum refusal estimate_both(struct proportion *a, struct proportion *b, long long x1, long long n1, long long x2,
                                  long long n2, double level)
{
	enum refusal refusal = proportion_estimate(a, (size_t)x1, (size_t)n1, level);
	return refusal ? refusal : proportion_estimate(b, (size_t)x2, (size_t)n2, level);
}

enum refusal share_difference(struct contrast *contrast, long long x1, long long n1, long long x2, long long n2,
                              double level)
{
	struct proportion a = { 0 }, b = { 0 };
	enum refusal refusal = estimate_both(&a, &b, x1, n1, x2, n2, level);
	if (refusal)
		return refusal;
	double value = a.p - b.p;
	*contrast = (struct contrast){ value, value - hypot(a.p - a.low, b.high - b.p),
		                       value + hypot(a.high - a.p, b.p - b.low) };
	return REFUSAL_NONE;
}

/* exp(log -/+ z se) */
static enum refusal on_log_scale(struct contrast *contrast, double value, double variance, double level)
{
	double z = 0;
	if (!gsl_checked_normal_above(&z, (1 - level / 100) / 2))
		return REFUSAL_NOT_COMPUTABLE;
	double half = z * sqrt(variance);
	*contrast = (struct contrast){ value, exp(log(value) - half), exp(log(value) + half) };
	return REFUSAL_NONE;
}

enum refusal share_ratio(struct contrast *contrast, long long x1, long long n1, long long x2, long long n2,
                         double level)
{
	if (n1 == 0 || n2 == 0)
		return REFUSAL_BASE_EMPTY;
	if (x1 == 0 || x2 == 0)
		return REFUSAL_COUNT_ZERO;
	double a = (double)x1, b = (double)x2, na = (double)n1, nb = (double)n2;
	return on_log_scale(contrast, a / na / (b / nb), (1 / a - 1 / na) + (1 / b - 1 / nb), level);
}

enum refusal odds_ratio(struct contrast *contrast, long long x1, long long n1, long long x2, long long n2, double level)
{
	if (n1 == 0 || n2 == 0)
		return REFUSAL_BASE_EMPTY;
	if (x1 == 0 || x2 == 0 || x1 == n1 || x2 == n2)
		return REFUSAL_COUNT_ZERO;
	double a = (double)x1, b = (double)(n1 - x1), c = (double)x2, d = (double)(n2 - x2);
	return on_log_scale(contrast, a / b * (d / c), 1 / a + 1 / b + 1 / c + 1 / d, level);
}

/* Newcombe's phi: the correlation of the two answers, pulled towards 0 where it is positive. */
static double paired_correlation(double a, double b, double c, double d)
{
	double n = a + b + c + d, margins = (a + b) * (c + d) * (a + c) * (b + d), product = a * d - b * c;
	if (!(margins > 0))
		return 0;
	if (product > n / 2)
		product -= n / 2;
	else if (product >= 0)
		product = 0;
	return product / sqrt(margins);
}

enum refusal mcnemar(struct mcnemar *test, long long both, long long only_before, long long only_after,
                     long long neither, double level)
{
	long long n = both + only_before + only_after + neither, discordant = only_before + only_after;
	struct proportion before = { 0 }, after = { 0 };
	enum refusal refusal = estimate_both(&after, &before, both + only_after, n, both + only_before, n, level);
	if (refusal)
		return refusal;
	double phi = paired_correlation((double)both, (double)only_before, (double)only_after, (double)neither);
	double value = (double)(only_after - only_before) / (double)n;
	double al = after.p - after.low, au = after.high - after.p, bl = before.p - before.low,
	       bu = before.high - before.p;
	*test = (struct mcnemar){ .difference = value,
		                  .low = value - sqrt(fmax(0, al * al - 2 * phi * al * bu + bu * bu)),
		                  .high = value + sqrt(fmax(0, bl * bl - 2 * phi * bl * au + au * au)),
		                  .p = 1 };
	double least = (double)(only_before < only_after ? only_before : only_after), lower = 1;
	if (discordant > 0 && !rmath_checked_binomial_lower(&lower, least, (double)discordant, 0.5))
		return REFUSAL_NOT_COMPUTABLE;
	test->p = fmin(1, 2 * lower);
	return REFUSAL_NONE;
}
