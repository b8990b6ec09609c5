#include "proportion.h"

#include <assert.h>
#include <math.h>

#include "gsl.h"
#include "rmath.h"

/* x of n, which need not be whole; `tail` is outside on each side, z the quantile that has it above. */
struct limits {
	double x, n, tail, z;
	double low, high;
};

/* The lower limit with its numerator made rational, since the difference above loses digits where x is small: with
 * s = sqrt(z^2 + 4x(1 - x/n)), (2x + z^2)^2 - z^2 s^2 = 4x^2 (n + z^2)/n. */
static bool wilson(struct limits *of)
{
	double x = of->x, n = of->n, z = of->z, root = sqrt(z * z + 4 * x * (1 - x / n));
	of->low = 2 * x * x / n / (2 * x + z * z + z * root);
	of->high = x == n ? 1 : (2 * x + z * z + z * root) / (2 * (n + z * z));
	return true;
}

static bool clopper_pearson(struct limits *of)
{
	of->low = 0;
	of->high = 1;
	return (of->x == 0 || rmath_checked_beta_above(&of->low, 1 - of->tail, of->x, of->n - of->x + 1))
	       && (of->x == of->n || rmath_checked_beta_above(&of->high, of->tail, of->x + 1, of->n - of->x));
}

static bool jeffreys(struct limits *of)
{
	double a = of->x + 0.5, b = of->n - of->x + 0.5;
	of->low = 0;
	of->high = 1;
	return (of->x == 0 || rmath_checked_beta_above(&of->low, 1 - of->tail, a, b))
	       && (of->x == of->n || rmath_checked_beta_above(&of->high, of->tail, a, b));
}

static bool logit(struct limits *of)
{
	double odds = of->x / (of->n - of->x), reach = exp(of->z * sqrt(of->n / of->x / (of->n - of->x)));
	of->low = odds / (reach + odds);
	of->high = odds / (1 / reach + odds);
	return true;
}

static enum refusal limits_by(struct limits *of, enum proportion_method method)
{
	static bool (*const functions[PROPORTION_METHODS])(struct limits * of) = {
		[PROPORTION_WILSON] = wilson,
		[PROPORTION_CLOPPER_PEARSON] = clopper_pearson,
		[PROPORTION_JEFFREYS] = jeffreys,
		[PROPORTION_LOGIT] = logit,
	};
	bool ok = functions[method](of) && isfinite(of->low) && isfinite(of->high);
	return ok ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

enum refusal proportion_interval(struct proportion *proportion, size_t x, size_t n, double level,
                                 enum proportion_method method)
{
	assert(x <= n);
	if (n == 0)
		return REFUSAL_BASE_EMPTY;
	struct limits of = { .x = (double)x, .n = (double)n, .tail = (1 - level / 100) / 2 };
	*proportion = (struct proportion){ .p = of.x / of.n };
	if (method == PROPORTION_LOGIT && (x == 0 || x == n))
		return REFUSAL_COUNT_ZERO;
	enum refusal refusal =
		gsl_checked_normal_above(&of.z, of.tail) ? limits_by(&of, method) : REFUSAL_NOT_COMPUTABLE;
	proportion->low = of.low;
	proportion->high = of.high;
	return refusal;
}

enum refusal proportion_estimate(struct proportion *proportion, size_t x, size_t n, double level)
{
	return proportion_interval(proportion, x, n, level, PROPORTION_WILSON);
}

/* --- by weights and design --- */

static enum refusal without_spread(struct survey_proportion *proportion, const struct survey_mean *mean, double tail,
                                   enum proportion_method method)
{
	double reach = -expm1(log(tail) / mean->n_kish);
	if (method == PROPORTION_LOGIT)
		return REFUSAL_COUNT_ZERO;
	proportion->exact = true;
	proportion->n_eff = mean->n_kish;
	proportion->low = mean->mean == 0 ? 0 : 1 - reach;
	proportion->high = mean->mean == 0 ? reach : 1;
	return REFUSAL_NONE;
}

/* What n_eff is worth where few degrees of freedom say how large V is: n* of Korn and Graubard. */
static bool correct(double *n_eff, const struct survey_design *design, const size_t *member, size_t n, double tail,
                    double t)
{
	double weighted = 0, whole = 0;
	for (size_t i = 0; i < n; i++)
		weighted += !design->weight || design->weight[member[i]] > 0;
	if (!gsl_checked_t_above(&whole, tail, weighted - 1))
		return false;
	*n_eff *= whole / t * (whole / t);
	return true;
}

enum refusal survey_proportion_interval(struct survey_proportion *proportion, const struct survey_design *design,
                                        const double *y, const size_t *member, size_t n, double level,
                                        enum proportion_method method)
{
	struct survey_mean mean = { 0 };
	enum refusal refusal = survey_mean(&mean, design, y, member, n, level);
	struct limits of = { .tail = (1 - level / 100) / 2 };
	*proportion = (struct survey_proportion){ .p = mean.mean, .df = mean.df, .deff = mean.deff_replace };
	if (refusal == REFUSAL_ZERO_VARIANCE)
		return without_spread(proportion, &mean, of.tail, method);
	if (refusal)
		return refusal;
	proportion->n_eff = of.n = mean.mean * (1 - mean.mean) / mean.variance;
	bool by_beta = method == PROPORTION_CLOPPER_PEARSON || method == PROPORTION_JEFFREYS;
	if (!gsl_checked_t_above(&of.z, of.tail, mean.df)
	    || (by_beta && !correct(&of.n, design, member, n, of.tail, of.z)))
		return REFUSAL_NOT_COMPUTABLE;
	of.x = mean.mean * of.n;
	refusal = limits_by(&of, method);
	proportion->low = of.low;
	proportion->high = of.high;
	return refusal;
}

enum refusal survey_proportion(struct survey_proportion *proportion, const struct survey_design *design,
                               const double *y, const size_t *member, size_t n, double level)
{
	return survey_proportion_interval(proportion, design, y, member, n, level, PROPORTION_WILSON);
}
