#include "homogeneity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "association.h"
#include "chi_square.h"
#include "gsl.h"
#include "mem.h"

static long long sum(const long long *counts, size_t count)
{
	long long total = 0;
	for (size_t i = 0; i < count; i++)
		total += counts[i];
	return total;
}

static bool test_chi_square(struct homogeneity *test, const long long *before, const long long *after, size_t kinds)
{
	struct chi_square chi = { 0 };
	long long *table = mem_alloc(2 * kinds, sizeof *table);
	memcpy(table, before, kinds * sizeof *table);
	memcpy(table + kinds, after, kinds * sizeof *table);
	enum refusal refusal = chi_square(&chi, table, 2, kinds);
	free(table);
	*test = (struct homogeneity){ .test = "chi-square", .statistic = chi.statistic, .p = chi.p };
	return refusal == REFUSAL_NONE;
}

static bool test_fisher(struct homogeneity *test, const long long before[2], const long long after[2])
{
	struct fisher exact = { 0 };
	const long long table[] = { before[0], before[1], after[0], after[1] };
	enum refusal refusal = fisher(&exact, table, 2, 2, (struct fisher_effort){ 0 });
	*test = (struct homogeneity){ .test = "Fisher", .statistic = NAN, .p = exact.p };
	return refusal == REFUSAL_NONE;
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
	bool ok = single ? test_fisher(test, counts[0], counts[1])
	                 : test_chi_square(test, counts[0] + first, counts[1] + first, columns - first);
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
