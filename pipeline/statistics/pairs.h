/* Means of two groups, or of every pair of several, without and with one variance for all. Groups as in rank.h; pairs
 * in the order (0,1), (0,2), ... (k-2,k-1). */
#ifndef CANVASS_STATISTICS_PAIRS_H
#define CANVASS_STATISTICS_PAIRS_H

#include <stdbool.h>
#include <stddef.h>

#include "reason.h"

struct mean_difference {
	double difference; /* the first group's mean less the second's */
	double se, df;
	double statistic; /* t, or q of a studentised range */
	double p;         /* two-sided; of a family-wise method already adjusted over the pairs */
	double low, high; /* of the difference, at the level asked for; family-wise where p is */
};

/* Welch 1947: t = d/se, se^2 = s1^2/n1 + s2^2/n2, df by Satterthwaite 1946. Refused: a group of fewer than 2, no spread
 * in either. */
enum refusal welch_t(struct mean_difference *difference, const double *first, size_t n1, const double *second,
                     size_t n2, double level);

/* Games and Howell 1976, every pair: q = |d|/sqrt((s1^2/n1 + s2^2/n2)/2) against the studentised range of k means with
 * the pair's Welch df. p and interval are adjusted for all pairs: no further correction belongs on top. Refused: fewer
 * than 2 groups, a group of fewer than 2 values or without spread, df below 2. */
enum refusal games_howell(struct mean_difference *pairs, const double *y, const size_t *first, size_t groups,
                          double level);

/* Tukey 1953, Kramer 1956, every pair, one variance for all groups: q = |d|/sqrt(MSW/2 (1/n1 + 1/n2)), df = N - k. */
enum refusal tukey_kramer(struct mean_difference *pairs, const double *y, const size_t *first, size_t groups,
                          double level);

/* Dunnett 1955, each group after the first against the first, one variance for all: two-sided, single step, the joint
 * distribution of the k - 1 t values by numerical integration (their correlations are products, Dunnett 1955, 3), good
 * to 1e-9. groups - 1 results. */
enum refusal dunnett(struct mean_difference *differences, const double *y, const size_t *first, size_t groups,
                     double level);

struct hedges {
	double g, low, high;
};

/* Hedges 1981: g = J (m1 - m2)/s, s pooled, v = n1 + n2 - 2, J = Gamma(v/2)/(sqrt(v/2) Gamma((v - 1)/2)). The interval
 * turns the noncentral t round: the noncentralities that leave `level` per cent between the tails, times J sqrt(1/n1 +
 * 1/n2). Refused: a group of fewer than 2, no spread. */
enum refusal hedges(struct hedges *effect, const double *first, size_t n1, const double *second, size_t n2,
                    double level);

/* The noncentralities that leave `tail` above t, and below it. False where one cannot be computed. */
bool noncentral_t_limits(double *low, double *high, double t, double df, double tail);

struct variance_shares {
	double statistic, df, df2, p;  /* the F of the analysis of variance with one variance for all */
	double eta2, omega2, epsilon2; /* shares of the variance between the groups, as they are, below 0 too */
	double eta2_low, eta2_high;    /* of the population's share, at the level asked for: l/(l + N) */
};

/* Fisher 1925; Hays 1963 for omega2 = (SSB - df MSW)/(SST + MSW); Kelley 1935 for epsilon2 = (SSB - df MSW)/SST;
 * Steiger 2004 for the interval: the noncentralities l of F that leave `level` per cent between the tails. Sums of
 * squares of values shifted by their grand mean. Refused: fewer than 2 groups, an empty group, no spread within. */
enum refusal variance_shares(struct variance_shares *shares, const double *y, const size_t *first, size_t groups,
                             double level);

#endif
