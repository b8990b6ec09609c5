#include "rmath.h"

#include <math.h>

#include <Rmath.h>

enum { LOWER = 1, UPPER = 0, PLAIN = 0 };
enum { FARTHEST = 400000 }; /* noncentrality: beyond, R's sums run out of terms and print a warning */

static bool is_positive(double x)
{
	return isfinite(x) && x > 0;
}

static bool is_tail(double tail)
{
	return tail > 0 && tail < 1;
}

static bool is_probability(double p)
{
	return p >= 0 && p <= 1;
}

bool rmath_checked_t_tail(double *p, double t, double df)
{
	if (!isfinite(t) || t < 0 || !is_positive(df))
		return false;
	*p = pt(t, df, UPPER, PLAIN);
	return is_probability(*p);
}

bool rmath_checked_tukey_tail(double *p, double q, double means, double df)
{
	if (!isfinite(q) || q < 0 || !isfinite(means) || means < 2 || !isfinite(df) || df < 2)
		return false;
	*p = ptukey(q, 1, means, df, UPPER, PLAIN);
	if (*p < 0 && *p > -1e-12) /* it is 1 - P inside, and may fall short of 0 by rounding */
		*p = 0;
	return is_probability(*p);
}

bool rmath_checked_noncentral_t_tail(double *p, double t, double df, double noncentrality)
{
	if (!isfinite(t) || !is_positive(df) || !isfinite(noncentrality))
		return false;
	/* the tail that R's algorithm (AS 243) has in full: where it has not, it prints a warning to standard output */
	*p = t < 0 ? 1 - pnt(-t, df, -noncentrality, UPPER, PLAIN) : pnt(t, df, noncentrality, UPPER, PLAIN);
	if (*p > 1 && *p < 1 + 1e-9) /* a sum that passes 1 by rounding where df is large, and 0 on the other side */
		*p = 1;
	if (*p < 0 && *p > -1e-9)
		*p = 0;
	return is_probability(*p);
}

/* Abramowitz and Stegun 1964, 26.6.27 */
static double noncentral_f_normal(double f, double df, double df2, double noncentrality)
{
	double all = df + noncentrality, ratio = cbrt(df / all * f);
	double spread = 2 * (df + 2 * noncentrality) / (9 * all * all), spread2 = 2 / (9 * df2);
	double z = (ratio * (1 - spread2) - (1 - spread)) / sqrt(spread + spread2 * ratio * ratio);
	return pnorm(z, 0, 1, UPPER, PLAIN);
}

bool rmath_checked_noncentral_f_tail(double *p, double f, double df, double df2, double noncentrality)
{
	if (!isfinite(f) || f < 0 || !is_positive(df) || !is_positive(df2) || !isfinite(noncentrality)
	    || noncentrality < 0)
		return false;
	if (noncentrality > FARTHEST) {
		*p = noncentral_f_normal(f, df, df2, noncentrality);
		return is_probability(*p);
	}
	*p = 1 - pnf(f, df, df2, noncentrality, LOWER, PLAIN); /* it is so inside; there it prints a warning too */
	return is_probability(*p);
}

/* Abramowitz and Stegun 1964, 26.4.28 */
static double noncentral_chi_square_normal(double x, double df, double noncentrality)
{
	double all = df + noncentrality, spread = 2 * (df + 2 * noncentrality) / (9 * all * all);
	return pnorm((cbrt(x / all) - (1 - spread)) / sqrt(spread), 0, 1, UPPER, PLAIN);
}

bool rmath_checked_noncentral_chi_square_tail(double *p, double x, double df, double noncentrality)
{
	if (!isfinite(x) || x < 0 || !is_positive(df) || !isfinite(noncentrality) || noncentrality < 0)
		return false;
	if (noncentrality > FARTHEST) {
		*p = noncentral_chi_square_normal(x, df, noncentrality);
		return is_probability(*p);
	}
	*p = 1 - pnchisq(x, df, noncentrality, LOWER, PLAIN);
	return is_probability(*p);
}

bool rmath_checked_beta_above(double *x, double tail, double a, double b)
{
	if (!is_tail(tail) || !is_positive(a) || !is_positive(b))
		return false;
	*x = qbeta(tail, a, b, UPPER, PLAIN);
	return is_probability(*x);
}

bool rmath_checked_chi_square_above(double *x, double tail, double df)
{
	if (!is_tail(tail) || !is_positive(df))
		return false;
	*x = qchisq(tail, df, UPPER, PLAIN);
	return isfinite(*x) && *x >= 0;
}

bool rmath_checked_f_above(double *f, double tail, double df, double df2)
{
	if (!is_tail(tail) || !is_positive(df) || !is_positive(df2))
		return false;
	*f = qf(tail, df, df2, UPPER, PLAIN);
	return isfinite(*f) && *f >= 0;
}

static bool is_count(double x)
{
	return isfinite(x) && x >= 0 && x == floor(x);
}

bool rmath_checked_binomial_quantile(double *x, double lower, double n, double p)
{
	if (!is_tail(lower) || !is_count(n) || !is_probability(p))
		return false;
	*x = qbinom(lower, n, p, LOWER, PLAIN);
	return is_count(*x) && *x <= n;
}

bool rmath_checked_binomial_lower(double *lower, double x, double n, double p)
{
	if (!isfinite(x) || !is_count(n) || !is_probability(p))
		return false;
	*lower = pbinom(x, n, p, LOWER, PLAIN);
	return is_probability(*lower);
}

bool rmath_checked_binomial_density(double *density, double x, double n, double p)
{
	if (!is_count(x) || !is_count(n) || !is_probability(p))
		return false;
	*density = dbinom(x, n, p, PLAIN);
	return is_probability(*density);
}

bool rmath_checked_poisson_quantile(double *x, double lower, double mean)
{
	if (!is_tail(lower) || !is_positive(mean))
		return false;
	*x = qpois(lower, mean, LOWER, PLAIN);
	return is_count(*x);
}

bool rmath_checked_poisson_lower(double *lower, double x, double mean)
{
	if (!isfinite(x) || !is_positive(mean))
		return false;
	*lower = ppois(x, mean, LOWER, PLAIN);
	return is_probability(*lower);
}

bool rmath_checked_poisson_density(double *density, double x, double mean)
{
	if (!is_count(x) || !is_positive(mean))
		return false;
	*density = dpois(x, mean, PLAIN);
	return is_probability(*density);
}
