#include "funnel.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_statistics_double.h>

#include "gsl.h"
#include "mem.h"
#include "rmath.h"

/* A discrete distribution: of how many of n, or of how many events. */
struct counted {
	double n, p, mean; /* n NaN: Poisson */
};

static bool quantile(double *x, double lower, const struct counted *of)
{
	return isnan(of->n) ? rmath_checked_poisson_quantile(x, lower, of->mean)
	                    : rmath_checked_binomial_quantile(x, lower, of->n, of->p);
}

static bool lower_of(double *lower, double x, const struct counted *of)
{
	return isnan(of->n) ? rmath_checked_poisson_lower(lower, x, of->mean)
	                    : rmath_checked_binomial_lower(lower, x, of->n, of->p);
}

static bool density_of(double *density, double x, const struct counted *of)
{
	return isnan(of->n) ? rmath_checked_poisson_density(density, x, of->mean)
	                    : rmath_checked_binomial_density(density, x, of->n, of->p);
}

/* The count, with a fraction, that has q at or below it. */
static bool interpolated(double *count, double q, const struct counted *of)
{
	double r = 0, lower = 0, density = 0;
	if (!quantile(&r, q, of) || !lower_of(&lower, r, of) || !density_of(&density, r, of) || !(density > 0))
		return false;
	*count = fmax(0, r - (lower - q) / density);
	return true;
}

static enum refusal limits_of(struct funnel_limits *limits, const struct counted *of, double base, double level)
{
	double tail = (1 - level / 100) / 2, all = 0;
	if (!interpolated(&limits->low, tail, of) || !interpolated(&limits->high, 1 - tail, of))
		return REFUSAL_NOT_COMPUTABLE;
	if (!isnan(of->n) && !density_of(&all, of->n, of))
		return REFUSAL_NOT_COMPUTABLE;
	if (all >= tail) /* by chance that often: nobody lies above. Of 0, fmax() does the same */
		limits->high = of->n;
	limits->low /= base;
	limits->high /= base;
	return REFUSAL_NONE;
}

enum refusal funnel_share(struct funnel_limits *limits, double centre, double n, double level)
{
	if (!(n > 0))
		return REFUSAL_BASE_EMPTY;
	return limits_of(limits, &(struct counted){ .n = n, .p = centre }, n, level);
}

enum refusal funnel_ratio(struct funnel_limits *limits, double expected, double level)
{
	if (!(expected > 0))
		return REFUSAL_BASE_EMPTY;
	return limits_of(limits, &(struct counted){ .n = NAN, .mean = expected }, expected, level);
}

static double angle(double p)
{
	return asin(sqrt(p));
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return left < right ? -1 : left > right;
}

/* The mean of z^2, the outermost tenth at either end pulled in. */
static double winsorised_squares(const double *z, size_t count)
{
	static const double outermost = 0.1;
	double *sorted = mem_alloc(count, sizeof *sorted);
	for (size_t i = 0; i < count; i++)
		sorted[i] = z[i];
	mem_sort(sorted, count, sizeof *sorted, by_size);
	double low = gsl_stats_quantile_from_sorted_data(sorted, 1, count, outermost);
	double high = gsl_stats_quantile_from_sorted_data(sorted, 1, count, 1 - outermost), sum = 0;
	for (size_t i = 0; i < count; i++) {
		double pulled = fmin(high, fmax(low, sorted[i]));
		sum += pulled * pulled;
	}
	free(sorted);
	return sum / (double)count;
}

enum refusal funnel_overdispersion(struct overdispersion *over, const double *x, const double *n, size_t areas,
                                   double centre)
{
	enum { LEAST_AREAS = 6 };
	if (areas < LEAST_AREAS)
		return REFUSAL_FEWER_THAN_6_AREAS;
	for (size_t i = 0; i < areas; i++)
		if (!(n[i] > 0))
			return REFUSAL_BASE_EMPTY;
	double *z = mem_alloc(areas, sizeof *z), count = (double)areas, weights = 0, squares = 0;
	for (size_t i = 0; i < areas; i++) {
		double w = 4 * n[i];
		z[i] = (angle(x[i] / n[i]) - angle(centre)) * sqrt(w);
		weights += w;
		squares += w * w;
	}
	over->phi = winsorised_squares(z, areas);
	over->tau2 = fmax(0, (count * over->phi - (count - 1)) / (weights - squares / weights));
	free(z);
	return isfinite(over->tau2) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

enum refusal funnel_share_over(struct funnel_limits *limits, double centre, double n, double tau2, double level)
{
	double z = 0, right = acos(0);
	if (!(n > 0))
		return REFUSAL_BASE_EMPTY;
	if (!gsl_checked_normal_above(&z, (1 - level / 100) / 2))
		return REFUSAL_NOT_COMPUTABLE;
	double half = z * sqrt(1 / (4 * n) + tau2), low = sin(fmax(0, angle(centre) - half));
	double high = sin(fmin(right, angle(centre) + half));
	*limits = (struct funnel_limits){ low * low, high * high };
	return REFUSAL_NONE;
}
