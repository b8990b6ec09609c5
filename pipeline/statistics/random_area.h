/* Areas as a sample of areas: how much they vary beyond chance, and each area's estimate drawn towards the others as
 * far as its own data leave it uncertain. For 10 areas or more; refused under 6. */
#ifndef CANVASS_STATISTICS_RANDOM_AREA_H
#define CANVASS_STATISTICS_RANDOM_AREA_H

#include <stddef.h>

#include "reason.h"

enum { RANDOM_LEAST_AREAS = 6 };

struct random_area {
	double estimate; /* of the area: the whole's and its share of the area's own distance from it */
	double se;       /* given the variances, and the whole's mean (share: on the scale of the logit) */
};

struct random_intercept {
	double mean, se;     /* of the areas */
	double tau2, sigma2; /* between areas; within. tau2 is 0 where nothing speaks for more than chance */
	double icc;          /* tau2/(tau2 + sigma2) */
	double statistic,
		p; /* likelihood ratio of tau2 > 0; p halved, as tau2 cannot be below 0 (Self and Liang 1987) */
};

/* y_ij = mean + u_j + e_ij by restricted maximum likelihood (Patterson and Thompson 1971), in one dimension: with t =
 * tau2/sigma2 and w_j = n_j/(1 + t n_j), mean = Sum w m/Sum w, Q = SSW + Sum w (m - mean)^2, minimise
 *   (N - 1) log Q + Sum log(1 + t n_j) + log Sum w_j
 * over t >= 0. `areas` (NULL: not asked for) gets each area's best linear unbiased prediction. Groups as in rank.h.
 * Refused: fewer than 6 areas, an empty one, no spread within. */
enum refusal random_intercept(struct random_intercept *model, struct random_area *areas, const double *y,
                              const size_t *first, size_t groups);

struct random_logit {
	double logit, tau; /* of the areas' mean; the standard deviation between areas, on the scale of the logit */
	double mor;        /* median odds ratio, exp(sqrt(2 tau2) z_.75) (Larsen and Merlo 2005) */
	double statistic, p;
};

/* x_j of n_j with logit p_j = logit + u_j, by maximum likelihood with the integral over u by adaptive Gauss-Hermite
 * quadrature of 25 points (Pinheiro and Bates 1995). tau is 0 where it makes the data no more probable but for
 * rounding. `areas` gets the share at the mode of u_j, and the standard error of its logit. Refused: fewer than 6
 * areas, an empty one, nobody or everybody in all; where tau has no end, as it is of areas with nobody and areas with
 * everybody. */
enum refusal random_logit(struct random_logit *model, struct random_area *areas, const double *x, const double *n,
                          size_t count);

struct fay_herriot {
	double mean, se, tau2;
	double q, p; /* Cochran 1954: heterogeneity, on count - 1 degrees of freedom */
	double i2;   /* Higgins and Thompson 2002: max(0, (Q - df)/Q) */
};

/* Estimates y_i with known variances d_i (> 0): y_i = mean + u_i + e_i (Fay and Herriot 1979), tau2 by restricted
 * maximum likelihood. `areas` gets the empirical best linear unbiased prediction g y + (1 - g) mean, g = tau2/(tau2 +
 * d), and the root of its mean squared error g1 + g2 + 2 g3 (Prasad and Rao 1990; Datta and Lahiri 2000): g1 = tau2
 * d/V, g2 = (d/V)^2 var(mean), g3 = d^2/V^3 * 2/Sum V^-2. Refused: fewer than 6 areas, a variance of 0. */
enum refusal fay_herriot(struct fay_herriot *model, struct random_area *areas, const double *y, const double *d,
                         size_t count);

#endif
