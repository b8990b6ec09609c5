/* One common factor behind the items of a scale, and McDonald's omega: how much of the spread of their sum it explains.
 */
#ifndef CANVASS_STATISTICS_OMEGA_H
#define CANVASS_STATISTICS_OMEGA_H

#include <stddef.h>

#include "reason.h"

/* A uniqueness below this share of an item's variance is a Heywood case (R's factanal stops there too). */
#define OMEGA_LEAST_UNIQUENESS 0.005

/* Maximum likelihood (Lawley and Maxwell 1971): loadings l and uniquenesses u of k items whose covariances are c (row
 * after row), so that c is near l l' + diag(u). With e_1 > e_2 > ... the eigenvalues of u^-1/2 c u^-1/2 and v_m its
 * eigenvectors, u makes f = Sum_{m > 1} (e_m - ln e_m - 1) least, and l = u^1/2 v_1 sqrt(e_1 - 1). Found by Newton's
 * method on ln u with the exact second derivatives (Clarke 1970). The loadings' sum is not negative. Scale-free: of
 * correlations it is the same solution in the unit of each item's standard deviation. Refused: fewer than 3 items, an
 * item without spread, a Heywood case, covariances without an inverse, no convergence. */
enum refusal omega_factor(double *loading, double *uniqueness, const double *c, size_t k);

struct omega {
	double fitted;   /* (Sum l)^2 / ((Sum l)^2 + Sum u): over the total variance that the factor model gives */
	double observed; /* 1 - Sum u / Sum c: over the total variance of the data, as psych::omega's omega total has it
	                  */
};

/* McDonald 1999, omega total of one factor. Of covariances it is the reliability of the sum of the items as they are,
 * of correlations that of the sum of standardised items. Refused as omega_factor(). */
enum refusal omega_estimate(struct omega *omega, const double *c, size_t k);

#endif
