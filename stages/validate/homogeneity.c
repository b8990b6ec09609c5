#include "homogeneity.h"

#include <math.h>
#include <stdlib.h>

#include "gsl.h"
#include "mem.h"

static long long sum(const long long *counts, size_t count)
{
	long long total = 0;
	for (size_t i = 0; i < count; i++)
		total += counts[i];
	return total;
}

bool homogeneity_chi_square(struct homogeneity *test, const long long *before, const long long *after, size_t kinds)
{
	long double rows[] = { (long double)sum(before, kinds), (long double)sum(after, kinds) };
	long double n = rows[0] + rows[1], statistic = 0;
	size_t occupied = 0;
	for (size_t i = 0; i < kinds; i++) {
		long double column = (long double)before[i] + (long double)after[i];
		long double observed[] = { (long double)before[i], (long double)after[i] };
		if (column == 0)
			continue;
		occupied++;
		for (size_t row = 0; row < COUNT(rows) && rows[row] > 0; row++) {
			long double expected = rows[row] * column / n;
			statistic += (observed[row] - expected) * (observed[row] - expected) / expected;
		}
	}
	*test = (struct homogeneity){ .test = "chi-square", .statistic = (double)statistic };
	return rows[0] > 0 && rows[1] > 0 && occupied > 1
	       && gsl_checked_chi_square_tail(&test->p, test->statistic, (double)(occupied - 1));
}

/* How probable a table is against the most probable one of its margins, for each count of its first cell: from there on
 * both sides each from its neighbour, by the hypergeometric distribution's ratio. */
static void weigh_tables(double *weights, long long least, long long most, long long row, long long column, long long n)
{
	long long mode = (long long)((long double)(row + 1) * (long double)(column + 1) / (long double)(n + 2));
	mode = mode < least ? least : mode > most ? most : mode;
	weights[mode - least] = 1;
	for (long long x = mode; x < most; x++)
		weights[x + 1 - least] = weights[x - least] * ((double)(row - x) / (double)(x + 1))
		                         * ((double)(column - x) / (double)(n - row - column + x + 1));
	for (long long x = mode; x > least; x--)
		weights[x - 1 - least] = weights[x - least] * ((double)x / (double)(row - x + 1))
		                         * ((double)(n - row - column + x) / (double)(column - x + 1));
}

bool homogeneity_fisher(struct homogeneity *test, const long long before[2], const long long after[2])
{
	long long row = before[0] + before[1], n = row + after[0] + after[1];
	long long column = before[0] + after[0];
	*test = (struct homogeneity){ .test = "Fisher", .statistic = NAN };
	if (row == 0 || row == n || column == 0 || column == n)
		return false;
	long long least = row + column > n ? row + column - n : 0, most = row < column ? row : column;
	size_t tables = (size_t)(most - least) + 1;
	double *weights = mem_alloc(tables, sizeof *weights), all = 0, rare = 0;
	weigh_tables(weights, least, most, row, column, n);
	double seen = weights[before[0] - least] * (1 + 1e-7);
	for (size_t i = 0; i < tables; i++) {
		all += weights[i];
		if (weights[i] <= seen)
			rare += weights[i];
	}
	free(weights);
	test->p = fmin(1, rare / all);
	return true;
}

/* One kind of answer, in both samples. */
struct kind {
	long long before, after, total;
	size_t index;
};

static int compare_kinds(const void *a, const void *b)
{
	const struct kind *left = a, *right = b;
	if (left->total != right->total)
		return left->total < right->total ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

enum { LEAST_EXPECTED = 5 };

bool homogeneity_of_codes(struct homogeneity *test, const long long *before, const long long *after, size_t kinds)
{
	struct kind *kept = mem_alloc(kinds, sizeof *kept);
	long long *counts[] = { mem_alloc(kinds + 1, sizeof *counts[0]), mem_alloc(kinds + 1, sizeof *counts[1]) };
	size_t count = 0;
	for (size_t i = 0; i < kinds; i++)
		if (before[i] + after[i] > 0)
			kept[count++] = (struct kind){ before[i], after[i], before[i] + after[i], i };
	mem_sort(kept, count, sizeof *kept, compare_kinds);

	/* The first column is what is taken together. */
	long double small = (long double)sum(before, kinds), large = (long double)sum(after, kinds);
	long double share = (small < large ? small : large) / (small + large);
	size_t next = 0, columns = 1;
	for (long long pool = 0; next < count; next++) {
		bool enough = (long double)pool * share >= LEAST_EXPECTED;
		if ((long double)kept[next].total * share >= LEAST_EXPECTED && (pool == 0 || enough))
			break;
		pool += kept[next].total;
		counts[0][0] += kept[next].before;
		counts[1][0] += kept[next].after;
	}
	bool pooled = next > 0, single = next == count && count > 1;
	if (single) { /* the most frequent stands last */
		next--;
		counts[0][0] -= kept[next].before;
		counts[1][0] -= kept[next].after;
	}
	for (; next < count; next++, columns++) {
		counts[0][columns] = kept[next].before;
		counts[1][columns] = kept[next].after;
	}
	size_t first = pooled ? 0 : 1;
	bool ok = single ? homogeneity_fisher(test, counts[0], counts[1])
	                 : homogeneity_chi_square(test, counts[0] + first, counts[1] + first, columns - first);
	free(kept);
	free(counts[0]);
	free(counts[1]);
	return ok;
}

bool homogeneity_of_numbers(struct homogeneity *test, const long long *before, const long long *after, size_t values)
{
	long double n1 = (long double)sum(before, values), n2 = (long double)sum(after, values), n = n1 + n2;
	long double below = 0, pairs = 0, ties = 0;
	for (size_t i = 0; i < values; i++) {
		long double one = (long double)before[i], two = (long double)after[i], t = one + two;
		pairs += two * (below + one / 2);
		ties += t * t * t - t;
		below += one;
	}
	*test = (struct homogeneity){ .test = "Mann-Whitney" };
	if (n1 == 0 || n2 == 0)
		return false;
	long double variance = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1))), distance = pairs - n1 * n2 / 2;
	if (!(variance > 0))
		return false;
	long double half = distance > 0 ? 0.5L : distance < 0 ? -0.5L : 0;
	test->statistic = (double)((distance - half) / sqrtl(variance));
	bool ok = gsl_checked_normal_tail(&test->p, fabs(test->statistic));
	test->p = fmin(1, 2 * test->p);
	return ok;
}

struct hypothesis {
	double p;
	size_t index;
};

static int compare_hypotheses(const void *a, const void *b)
{
	const struct hypothesis *left = a, *right = b;
	if (left->p < right->p || left->p > right->p)
		return left->p < right->p ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

void homogeneity_holm(bool *rejected, const double *p, size_t count, double level)
{
	struct hypothesis *sorted = mem_alloc(count, sizeof *sorted);
	for (size_t i = 0; i < count; i++) {
		sorted[i] = (struct hypothesis){ p[i], i };
		rejected[i] = false;
	}
	mem_sort(sorted, count, sizeof *sorted, compare_hypotheses);
	for (size_t i = 0; i < count && sorted[i].p <= level / (double)(count - i); i++)
		rejected[sorted[i].index] = true;
	free(sorted);
}
