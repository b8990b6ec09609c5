/* The distributions that GSL lacks, or fails on, from R's own library of them (libRmath); see gsl.h, whose promises
 * hold here too: arguments are checked before a call and the value after it, and the caller refuses its line where one
 * fails.
 */
#ifndef CANVASS_STATISTICS_RMATH_H
#define CANVASS_STATISTICS_RMATH_H

#include <stdbool.h>

/* The probability above t (>= 0) of Student's t: GSL's loses digits far out where df is no whole number. */
bool rmath_checked_t_tail(double *p, double t, double df);

/* The probability above q (>= 0) of the studentised range of `means` (2 or more) means with df (2 or more) degrees of
 * freedom. */
bool rmath_checked_tukey_tail(double *p, double q, double means, double df);

/* The probability above the statistic of the noncentral t, F and chi-square distribution, to some 1e-12
 * in absolute terms: to find a noncentrality by, not to print. Of t with a noncentrality beyond
 * 37.6 it is a normal approximation (Abramowitz and Stegun 1964, 26.7.10), of F and chi-square
 * beyond 400,000 (26.6.27, 26.4.28). */
bool rmath_checked_noncentral_t_tail(double *p, double t, double df, double noncentrality);
bool rmath_checked_noncentral_f_tail(double *p, double f, double df, double df2, double noncentrality);
bool rmath_checked_noncentral_chi_square_tail(double *p, double x, double df, double noncentrality);

/* What has `tail` (0 to 1, exclusive) above it: of the beta distribution, of chi-square, of F. */
bool rmath_checked_beta_above(double *x, double tail, double a, double b);
bool rmath_checked_chi_square_above(double *x, double tail, double df);
bool rmath_checked_f_above(double *f, double tail, double df, double df2);

/* Binomial of n (>= 0) and p, Poisson of mean (> 0): the least x with at least `lower` (0 to 1, exclusive) at or below
 * it, the probability of at most x, and of x itself. */
bool rmath_checked_binomial_quantile(double *x, double lower, double n, double p);
bool rmath_checked_binomial_lower(double *lower, double x, double n, double p);
bool rmath_checked_binomial_density(double *density, double x, double n, double p);
bool rmath_checked_poisson_quantile(double *x, double lower, double mean);
bool rmath_checked_poisson_lower(double *lower, double x, double mean);
bool rmath_checked_poisson_density(double *density, double x, double mean);

#endif
