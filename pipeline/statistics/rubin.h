/* Estimates from several imputations of one dataset as one. */
#ifndef CANVASS_STATISTICS_RUBIN_H
#define CANVASS_STATISTICS_RUBIN_H

#include <stddef.h>

#include "reason.h"

struct rubin {
	double estimate;
	double within, between;  /* U, B */
	double variance, se, df; /* T */
	double low, high;        /* estimate -/+ t_df se */
	double lambda;           /* the share of T that is due to what is missing */
	double missing;          /* the fraction of information that is missing */
	double relative;         /* r: by how much the missing answers make the variance larger */
};

/* Rubin 1987, 3.1: of m estimates q_i with variances u_i, one of each imputation,
 *
 *   estimate = mean of q,  U = mean of u,  B = Sum (q_i - mean)^2/(m - 1),  T = U + (1 + 1/m) B
 *   r = (1 + 1/m) B/U,  lambda = (1 + 1/m) B/T,  missing = (r + 2/(df + 3))/(r + 1)
 *
 * and Barnard and Rubin 1999, for v = complete_df degrees of freedom that the estimate would have with nothing missing:
 *
 *   v_old = (m - 1)/lambda^2,  v_obs = (v + 1)/(v + 3) v (1 - lambda),  df = v_old v_obs/(v_old + v_obs)
 *
 * where all estimates agree (B = 0) df is v_obs, and with complete_df infinite it is v_old (both: infinite). Two passes
 * over values shifted by the first. `level` in per cent.
 *
 * Refused: fewer than 2 imputations; an estimate or variance that is not finite or a variance below 0, or less than one
 * degree of freedom left (not-computable); T of 0 (zero-variance). */
enum refusal rubin_pool(struct rubin *pooled, const double *estimates, const double *variances, size_t m,
                        double complete_df, double level);

#endif
