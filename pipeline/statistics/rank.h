/* Tests of ranks: of answers that have an order, and no unit. Groups are y[first[j]] to y[first[j + 1] - 1]; `groups` +
 * 1 positions. */
#ifndef CANVASS_STATISTICS_RANK_H
#define CANVASS_STATISTICS_RANK_H

#include <stddef.h>

#include "reason.h"

/* Mid-ranks: equal values share the mean of the ranks that they take up. Returns Sum (t^3 - t) over the t values of
 * each tie; *tied (NULL: not asked for) is how many values equal another one. */
double rank_all(double *ranks, size_t *tied, const double *y, size_t n);

/* That number alone. */
size_t rank_tied(const double *y, size_t n);

struct kruskal_wallis {
	double statistic, df, p;
	double epsilon2; /* H/(N - 1): the share of the variance of the ranks that lies between the groups; Kelley 1935
	                  */
};

/* Kruskal and Wallis 1952, with their divisor for ties: over mid-ranks with sums R_j,
 *   H = (12/(N(N + 1)) Sum R_j^2/n_j - 3(N + 1)) / (1 - Sum(t^3 - t)/(N^3 - N)),  df = k - 1,
 * p from the upper tail of chi-square. Refused: fewer than 2 groups, a group of fewer than 3, all values equal. */
enum refusal kruskal_wallis(struct kruskal_wallis *test, const double *y, const size_t *first, size_t groups);

struct dunn {
	double difference; /* of the mean ranks, the first group's less the second's */
	double z, p;       /* two-sided, of this pair alone: adjust it over the pairs */
};

/* Dunn 1964: every pair of groups, in the order (0,1), (0,2), ... (k-2,k-1): k(k - 1)/2 of them, by the ranks over all
 * groups: z = (Rbar_i - Rbar_j)/sqrt((N(N + 1)/12 - Sum(t^3 - t)/(12(N - 1)))(1/n_i + 1/n_j)). Refusals as above. */
enum refusal dunn_pairs(struct dunn *pairs, const double *y, const size_t *first, size_t groups);

struct jonckheere {
	double statistic; /* J: pairs of values, of two groups, that rise as the groups do; ties count half */
	double z, p;      /* two-sided, normal; z above 0: the values rise with the groups */
};

/* Jonckheere 1954, Terpstra 1952, for groups that have an order, with the variance for ties (Hollander and Wolfe 1999,
 * 6.19). Refusals as above. */
enum refusal jonckheere(struct jonckheere *test, const double *y, const size_t *first, size_t groups);

#endif
