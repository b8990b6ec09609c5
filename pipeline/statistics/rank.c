#include "rank.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mem.h"

struct placed {
	double value;
	size_t index;
};

static int by_value(const void *a, const void *b)
{
	const struct placed *left = a, *right = b;
	return left->value < right->value ? -1 : left->value > right->value;
}

double rank_all(double *ranks, size_t *tied, const double *y, size_t n)
{
	struct placed *sorted = mem_alloc(n, sizeof *sorted);
	long double ties = 0;
	size_t equal = 0;
	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct placed){ y[i], i };
	mem_sort(sorted, n, sizeof *sorted, by_value);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && sorted[end].value <= sorted[i].value; end++)
			;
		size_t t = end - i;
		for (size_t j = i; j < end; j++)
			ranks[sorted[j].index] = (double)(i + 1 + end) / 2;
		ties += (long double)t * t * t - t;
		equal += t > 1 ? t : 0;
	}
	free(sorted);
	if (tied)
		*tied = equal;
	return (double)ties;
}

size_t rank_tied(const double *y, size_t n)
{
	double *ranks = mem_alloc(n, sizeof *ranks);
	size_t tied = 0;
	rank_all(ranks, &tied, y, n);
	free(ranks);
	return tied;
}

static enum refusal check_groups(const double *y, const size_t *first, size_t groups)
{
	enum { LEAST_OF_A_GROUP = 3 };
	if (groups < 2)
		return REFUSAL_FEWER_THAN_2_AREAS;
	for (size_t j = 0; j < groups; j++)
		if (first[j + 1] - first[j] < LEAST_OF_A_GROUP)
			return REFUSAL_N_BELOW_3;
	for (size_t i = first[0] + 1; i < first[groups]; i++)
		if (y[i] < y[first[0]] || y[i] > y[first[0]])
			return REFUSAL_NONE;
	return REFUSAL_ZERO_VARIANCE;
}

/* The ranks of all values, as group after group has them, and what the ties take from the variance. */
struct ranking {
	double *ranks;
	size_t n;
	long double ties;
};

static struct ranking rank_groups(const double *y, const size_t *first, size_t groups)
{
	struct ranking ranking = { .n = first[groups] - first[0] };
	ranking.ranks = mem_alloc(ranking.n, sizeof *ranking.ranks);
	ranking.ties = rank_all(ranking.ranks, NULL, y + first[0], ranking.n);
	return ranking;
}

static long double mean_rank(const struct ranking *ranking, const size_t *first, size_t group)
{
	long double sum = 0;
	for (size_t i = first[group]; i < first[group + 1]; i++)
		sum += ranking->ranks[i - first[0]];
	return sum / (long double)(first[group + 1] - first[group]);
}

enum refusal kruskal_wallis(struct kruskal_wallis *test, const double *y, const size_t *first, size_t groups)
{
	enum refusal refusal = check_groups(y, first, groups);
	if (refusal)
		return refusal;
	struct ranking ranking = rank_groups(y, first, groups);
	long double n = (long double)ranking.n, between = 0;
	for (size_t j = 0; j < groups; j++) { /* squares about the mean rank, which loses no digits as Sum R^2/n does */
		long double distance = mean_rank(&ranking, first, j) - (n + 1) / 2;
		between += (long double)(first[j + 1] - first[j]) * distance * distance;
	}
	long double divisor = 1 - ranking.ties / (n * n * n - n);
	*test = (struct kruskal_wallis){
		.statistic = (double)(12 / (n * (n + 1)) * between / divisor),
		.df = (double)(groups - 1),
	};
	test->epsilon2 = (double)(test->statistic / (n - 1));
	free(ranking.ranks);
	return gsl_checked_chi_square_tail(&test->p, test->statistic, test->df) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

enum refusal dunn_pairs(struct dunn *pairs, const double *y, const size_t *first, size_t groups)
{
	enum refusal refusal = check_groups(y, first, groups);
	if (refusal)
		return refusal;
	struct ranking ranking = rank_groups(y, first, groups);
	long double n = (long double)ranking.n;
	long double variance = n * (n + 1) / 12 - ranking.ties / (12 * (n - 1));
	for (size_t i = 0; i + 1 < groups; i++)
		for (size_t j = i + 1; j < groups && !refusal; j++, pairs++) {
			long double ni = (long double)(first[i + 1] - first[i]),
				    nj = (long double)(first[j + 1] - first[j]);
			long double difference = mean_rank(&ranking, first, i) - mean_rank(&ranking, first, j);
			*pairs = (struct dunn){ .difference = (double)difference,
				                .z = (double)(difference / sqrtl(variance * (1 / ni + 1 / nj))) };
			if (!gsl_checked_normal_tail(&pairs->p, fabs(pairs->z)))
				refusal = REFUSAL_NOT_COMPUTABLE;
			pairs->p = fmin(1, 2 * pairs->p);
		}
	free(ranking.ranks);
	return refusal;
}

/* Of the sizes of groups or ties: the three sums that the variance is made of. */
struct sums {
	long double five, two, three; /* Sum t(t-1)(2t+5), Sum t(t-1), Sum t(t-1)(t-2) */
};

static void add(struct sums *sums, long double t)
{
	sums->five += t * (t - 1) * (2 * t + 5);
	sums->two += t * (t - 1);
	sums->three += t * (t - 1) * (t - 2);
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return left < right ? -1 : left > right;
}

static struct sums sums_of_ties(const double *ranks, size_t n)
{
	struct sums sums = { 0 };
	double *sorted = mem_alloc(n, sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		sorted[i] = ranks[i];
	mem_sort(sorted, n, sizeof *sorted, by_size);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && sorted[end] <= sorted[i]; end++)
			;
		add(&sums, (long double)(end - i));
	}
	free(sorted);
	return sums;
}

/* U of two groups from their ranks among each other alone: R2 - n2(n2 + 1)/2. */
static long double rising_pairs(const double *y, const size_t *first, size_t i, size_t j)
{
	size_t ni = first[i + 1] - first[i], nj = first[j + 1] - first[j];
	double *both = mem_alloc(ni + nj, sizeof *both), *ranks = mem_alloc(ni + nj, sizeof *ranks);
	for (size_t k = 0; k < ni; k++)
		both[k] = y[first[i] + k];
	for (size_t k = 0; k < nj; k++)
		both[ni + k] = y[first[j] + k];
	rank_all(ranks, NULL, both, ni + nj);
	long double sum = 0;
	for (size_t k = ni; k < ni + nj; k++)
		sum += ranks[k];
	free(both);
	free(ranks);
	return sum - (long double)nj * (long double)(nj + 1) / 2;
}

enum refusal jonckheere(struct jonckheere *test, const double *y, const size_t *first, size_t groups)
{
	enum refusal refusal = check_groups(y, first, groups);
	if (refusal)
		return refusal;
	struct ranking ranking = rank_groups(y, first, groups);
	struct sums ties = sums_of_ties(ranking.ranks, ranking.n), sizes = { 0 }, all = { 0 };
	long double n = (long double)ranking.n, squares = 0, j = 0;
	add(&all, n);
	for (size_t a = 0; a < groups; a++) {
		long double size = (long double)(first[a + 1] - first[a]);
		add(&sizes, size);
		squares += size * size;
		for (size_t b = a + 1; b < groups; b++)
			j += rising_pairs(y, first, a, b);
	}
	free(ranking.ranks);
	long double variance = (all.five - sizes.five - ties.five) / 72
	                       + sizes.three * ties.three / (36 * n * (n - 1) * (n - 2))
	                       + sizes.two * ties.two / (8 * n * (n - 1));
	if (!(variance > 0))
		return REFUSAL_ZERO_VARIANCE;
	*test = (struct jonckheere){ .statistic = (double)j,
		                     .z = (double)((j - (n * n - squares) / 4) / sqrtl(variance)) };
	if (!gsl_checked_normal_tail(&test->p, fabs(test->z)))
		return REFUSAL_NOT_COMPUTABLE;
	test->p = fmin(1, 2 * test->p);
	return REFUSAL_NONE;
}
