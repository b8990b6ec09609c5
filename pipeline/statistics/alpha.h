/* Cronbach's alpha of a scale, and what each item does in it: all of it from the covariances of the items.
 *
 * k items of n people: item i of person r is x[r * k + i], already turned where the scale turns it. Covariances are a
 * k by k matrix c, row after row. */
#ifndef CANVASS_STATISTICS_ALPHA_H
#define CANVASS_STATISTICS_ALPHA_H

#include <stddef.h>

#include "reason.h"

/* Below this number of complete rows an alpha says little: of 7 items and 29 people one of .80 reaches from .66 to .89.
 */
enum { ALPHA_LEAST_ROWS = 30 };

/* Every row complete. Two passes over values shifted by the first row, as moments_of() in mean.h:
 *   c_ij = (Sum d_i d_j - Sum d_i Sum d_j / n) / (n - 1),  d the deviations from the mean. n > 1. */
void alpha_covariances(double *c, const double *x, size_t n, size_t k);

/* NaN is missing: every variance from those who answered the item, every covariance from those who answered both (as
 * R's cov(use = "pairwise")). Refused: two items that fewer than ALPHA_LEAST_ROWS answered. */
enum refusal alpha_covariances_pairwise(double *c, const double *x, size_t n, size_t k);

struct alpha {
	double alpha;
	double low, high; /* NaN where no n is given */
	double mean_r;    /* mean of the correlations between items; NaN where an item has no spread */
};

/* Cronbach 1951: alpha = k/(k - 1) (1 - Sum c_ii / Sum c_ij). Feldt 1965: (1 - true alpha)/(1 - alpha) has the F
 * distribution with n - 1 and (n - 1)(k - 1) degrees of freedom, so the limits are 1 - (1 - alpha) F with the upper and
 * the lower quantile; `level` in per cent. n 0: no interval (pairwise covariances are of no single n). Refused: fewer
 * than 2 items, fewer than ALPHA_LEAST_ROWS rows, no spread of the total, a negative alpha. */
enum refusal alpha_estimate(struct alpha *alpha, const double *c, size_t k, size_t n, double level);

/* Alpha of the other items. Refused as alpha_estimate(). */
enum refusal alpha_if_dropped(double *alpha, const double *c, size_t k, size_t item);

/* The correlation of an item with the sum of the others: Sum_j c_ij / sqrt(c_ii Var(others)), j the others. Refused:
 * fewer than 2 items, no spread of either. */
enum refusal alpha_item_rest(double *r, const double *c, size_t k, size_t item);

/* c_ij / sqrt(c_ii c_jj). Refused: no spread of either. */
enum refusal alpha_inter_item(double *r, const double *c, size_t k, size_t i, size_t j);

#endif
