#include "pairs.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_integration.h>

#include "anova.h"
#include "gsl.h"
#include "mem.h"
#include "mean.h"
#include "rmath.h"

static struct moments group_moments(const double *y, const size_t *first, size_t group)
{
	return moments_of(y + first[group], first[group + 1] - first[group]);
}

/* What a difference has by itself, before anything is asked of a distribution. */
static struct mean_difference welch_difference(const struct moments *a, const struct moments *b)
{
	long double va = a->squares / (long double)(a->n - 1) / (long double)a->n;
	long double vb = b->squares / (long double)(b->n - 1) / (long double)b->n, v = va + vb;
	return (struct mean_difference){
		.difference = (double)(a->mean - b->mean),
		.se = (double)sqrtl(v),
		.df = (double)(v * v / (va * va / (long double)(a->n - 1) + vb * vb / (long double)(b->n - 1))),
	};
}

enum refusal welch_t(struct mean_difference *difference, const double *first, size_t n1, const double *second,
                     size_t n2, double level)
{
	double t = 0;
	if (n1 < 2 || n2 < 2)
		return REFUSAL_N_BELOW_2;
	struct moments a = moments_of(first, n1), b = moments_of(second, n2);
	if (!(a.squares + b.squares > 0))
		return REFUSAL_ZERO_VARIANCE;
	*difference = welch_difference(&a, &b);
	difference->statistic = difference->difference / difference->se;
	if (!rmath_checked_t_tail(&difference->p, fabs(difference->statistic), difference->df)
	    || !gsl_checked_t_above(&t, (1 - level / 100) / 2, difference->df))
		return REFUSAL_NOT_COMPUTABLE;
	difference->p = fmin(1, 2 * difference->p);
	difference->low = difference->difference - t * difference->se;
	difference->high = difference->difference + t * difference->se;
	return REFUSAL_NONE;
}

/* --- the studentised range --- */

struct tukey {
	double tail, means, df;
};

static double tukey_excess(double q, const void *with)
{
	const struct tukey *tukey = with;
	double p = 0;
	return rmath_checked_tukey_tail(&p, q, tukey->means, tukey->df) ? p - tukey->tail : NAN;
}

/* R's own qtukey stops at 1e-4. */
static bool tukey_above(double *q, double tail, double means, double df)
{
	enum { LARGEST = 4096 };
	struct tukey tukey = { tail, means, df };
	double high = 8;
	while (high < LARGEST && tukey_excess(high, &tukey) > 0)
		high *= 2;
	return gsl_checked_root(q, tukey_excess, &tukey, 0, high);
}

/* The pair's se and df are there already. */
static bool studentise(struct mean_difference *pair, size_t groups, double level)
{
	double q = 0, half = pair->se / sqrt(2);
	pair->statistic = fabs(pair->difference) / half;
	if (!rmath_checked_tukey_tail(&pair->p, pair->statistic, (double)groups, pair->df)
	    || !tukey_above(&q, 1 - level / 100, (double)groups, pair->df))
		return false;
	pair->low = pair->difference - q * half;
	pair->high = pair->difference + q * half;
	return true;
}

enum refusal games_howell(struct mean_difference *pairs, const double *y, const size_t *first, size_t groups,
                          double level)
{
	if (groups < 2)
		return REFUSAL_FEWER_THAN_2_AREAS;
	for (size_t i = 0; i < groups; i++) {
		if (first[i + 1] - first[i] < 2)
			return REFUSAL_N_BELOW_2;
		if (!(group_moments(y, first, i).squares > 0))
			return REFUSAL_ZERO_VARIANCE;
	}
	for (size_t i = 0; i + 1 < groups; i++)
		for (size_t j = i + 1; j < groups; j++, pairs++) {
			struct moments a = group_moments(y, first, i), b = group_moments(y, first, j);
			*pairs = welch_difference(&a, &b);
			if (!studentise(pairs, groups, level))
				return REFUSAL_NOT_COMPUTABLE;
		}
	return REFUSAL_NONE;
}

static struct mean_difference pooled_difference(const struct moments *a, const struct moments *b,
                                                const struct anova *within)
{
	return (struct mean_difference){
		.difference = (double)(a->mean - b->mean),
		.se = (double)sqrtl(within->within / within->df2 * (1 / (long double)a->n + 1 / (long double)b->n)),
		.df = within->df2,
	};
}

enum refusal tukey_kramer(struct mean_difference *pairs, const double *y, const size_t *first, size_t groups,
                          double level)
{
	struct anova within = { 0 };
	enum refusal refusal = anova_sums(&within, y, first, groups);
	for (size_t i = 0; i + 1 < groups && !refusal; i++)
		for (size_t j = i + 1; j < groups && !refusal; j++, pairs++) {
			struct moments a = group_moments(y, first, i), b = group_moments(y, first, j);
			*pairs = pooled_difference(&a, &b, &within);
			if (!studentise(pairs, groups, level))
				refusal = REFUSAL_NOT_COMPUTABLE;
		}
	return refusal;
}

/* --- Dunnett --- */

/* Points and weights of Gauss and Legendre over an interval. */
struct nodes {
	gsl_integration_glfixed_table *table;
	size_t count;
};

struct many_to_one {
	const double *loading; /* lambda_i = sqrt(n_i/(n_i + n_0)); corr(i, j) = lambda_i lambda_j */
	size_t count;
	double df, tail;
	struct nodes inner, outer;
};

static double normal_below(double x)
{
	return erfc(-x / sqrt(2)) / 2;
}

/* P(all |T_i| <= t) given that the standard error came out as `spread` times what it is. */
static double given_spread(const struct many_to_one *with, double t, double spread)
{
	enum { FAR = 9 }; /* beyond it the normal density holds less than 1e-18 */
	double sum = 0;
	for (size_t i = 0; i < with->inner.count; i++) {
		double z = 0, weight = 0;
		gsl_integration_glfixed_point(-FAR, FAR, i, &z, &weight, with->inner.table);
		double product = exp(-z * z / 2) / sqrt(2 * acos(-1));
		for (size_t j = 0; j < with->count; j++) {
			double l = with->loading[j], rest = sqrt(1 - l * l);
			product *=
				normal_below((l * z + t * spread) / rest) - normal_below((l * z - t * spread) / rest);
		}
		sum += weight * product;
	}
	return sum;
}

/* P(some |T_i| > t): the mean over the distribution of sqrt(chi-square/df). */
static double many_tail(double t, const void *context)
{
	const struct many_to_one *with = context;
	double df = with->df, half = 14 / sqrt(2 * df); /* some 14 standard deviations around 1 */
	double low = fmax(0, 1 - half), high = 1 + half, sum = 0;
	double log_constant = df / 2 * log(df) - lgamma(df / 2) - (df / 2 - 1) * log(2);
	for (size_t i = 0; i < with->outer.count; i++) {
		double s = 0, weight = 0;
		gsl_integration_glfixed_point(low, high, i, &s, &weight, with->outer.table);
		double density = s > 0 ? exp(log_constant + (df - 1) * log(s) - df * s * s / 2) : 0;
		if (density > 0)
			sum += weight * density * (1 - given_spread(with, t, s));
	}
	return sum;
}

static double many_excess(double t, const void *context)
{
	const struct many_to_one *with = context;
	return many_tail(t, with) - with->tail;
}

enum refusal dunnett(struct mean_difference *differences, const double *y, const size_t *first, size_t groups,
                     double level)
{
	enum { POINTS = 160 };
	struct anova within = { 0 };
	enum refusal refusal = anova_sums(&within, y, first, groups);
	if (refusal)
		return refusal;
	double *loading = mem_alloc(groups - 1, sizeof *loading), control = (double)(first[1] - first[0]);
	for (size_t j = 1; j < groups; j++) {
		double n = (double)(first[j + 1] - first[j]);
		loading[j - 1] = sqrt(n / (n + control));
	}
	struct many_to_one with = { .loading = loading,
		                    .count = groups - 1,
		                    .df = within.df2,
		                    .tail = 1 - level / 100,
		                    .inner = { gsl_integration_glfixed_table_alloc(POINTS), POINTS },
		                    .outer = { gsl_integration_glfixed_table_alloc(POINTS), POINTS } };
	double critical = 0;
	if (!gsl_checked_root(&critical, many_excess, &with, 0, 100))
		refusal = REFUSAL_NOT_COMPUTABLE;
	struct moments base = group_moments(y, first, 0);
	for (size_t j = 1; j < groups && !refusal; j++, differences++) {
		struct moments other = group_moments(y, first, j);
		*differences = pooled_difference(&other, &base, &within);
		differences->statistic = differences->difference / differences->se;
		differences->p = fmin(1, many_tail(fabs(differences->statistic), &with));
		differences->low = differences->difference - critical * differences->se;
		differences->high = differences->difference + critical * differences->se;
	}
	gsl_integration_glfixed_table_free(with.inner.table);
	gsl_integration_glfixed_table_free(with.outer.table);
	free(loading);
	return refusal;
}

/* --- sizes of effects --- */

struct noncentral_t {
	double t, df, tail;
};

static double noncentral_t_excess(double noncentrality, const void *with)
{
	const struct noncentral_t *at = with;
	double p = 0;
	return rmath_checked_noncentral_t_tail(&p, at->t, at->df, noncentrality) ? p - at->tail : NAN;
}

bool noncentral_t_limits(double *low, double *high, double t, double df, double tail)
{
	double farthest = 1000 + 2 * fabs(t);
	struct noncentral_t at_low = { t, df, tail }, at_high = { t, df, 1 - tail };
	return gsl_checked_root(low, noncentral_t_excess, &at_low, -farthest, farthest)
	       && gsl_checked_root(high, noncentral_t_excess, &at_high, -farthest, farthest);
}

enum refusal hedges(struct hedges *effect, const double *first, size_t n1, const double *second, size_t n2,
                    double level)
{
	if (n1 < 2 || n2 < 2)
		return REFUSAL_N_BELOW_2;
	struct moments a = moments_of(first, n1), b = moments_of(second, n2);
	long double squares = a.squares + b.squares;
	if (!(squares > 0))
		return REFUSAL_ZERO_VARIANCE;
	double df = (double)(n1 + n2 - 2), spread = sqrt(1 / (double)n1 + 1 / (double)n2);
	double d = (double)((a.mean - b.mean) / sqrtl(squares / (long double)df));
	double j = exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2), tail = (1 - level / 100) / 2;
	double low = 0, high = 0;
	if (!noncentral_t_limits(&low, &high, d / spread, df, tail))
		return REFUSAL_NOT_COMPUTABLE;
	*effect = (struct hedges){ j * d, j * spread * low, j * spread * high };
	return REFUSAL_NONE;
}

struct noncentral_f {
	double f, df, df2, tail;
};

static double noncentral_f_excess(double noncentrality, const void *with)
{
	const struct noncentral_f *at = with;
	double p = 0;
	return rmath_checked_noncentral_f_tail(&p, at->f, at->df, at->df2, noncentrality) ? p - at->tail : NAN;
}

/* The noncentrality with `tail` above F; 0 where even that has more. */
static bool noncentrality_of(double *noncentrality, struct noncentral_f at)
{
	enum { LARGEST = 10000 };
	double high = 16 + 4 * at.f * at.df;
	*noncentrality = 0;
	if (noncentral_f_excess(0, &at) >= 0)
		return true;
	while (high < LARGEST && noncentral_f_excess(high, &at) < 0)
		high *= 2;
	return gsl_checked_root(noncentrality, noncentral_f_excess, &at, 0, high);
}

enum refusal variance_shares(struct variance_shares *shares, const double *y, const size_t *first, size_t groups,
                             double level)
{
	struct anova of = { 0 };
	enum refusal refusal = anova(&of, y, first, groups);
	if (refusal)
		return refusal;
	size_t n = first[groups] - first[0];
	long double variance = of.within / of.df2, total = of.between + of.within,
		    beyond = of.between - of.df * variance;
	*shares = (struct variance_shares){
		.statistic = of.statistic,
		.df = of.df,
		.df2 = of.df2,
		.p = of.p,
		.eta2 = of.r2,
		.omega2 = (double)(beyond / (total + variance)),
		.epsilon2 = (double)(beyond / total),
	};
	double tail = (1 - level / 100) / 2, low = 0, high = 0;
	struct noncentral_f at = { shares->statistic, shares->df, shares->df2, tail };
	struct noncentral_f at_high = { shares->statistic, shares->df, shares->df2, 1 - tail };
	if (!noncentrality_of(&low, at) || !noncentrality_of(&high, at_high))
		return REFUSAL_NOT_COMPUTABLE;
	shares->eta2_low = low / (low + (double)n);
	shares->eta2_high = high / (high + (double)n);
	return REFUSAL_NONE;
}
