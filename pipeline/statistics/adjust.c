#include "adjust.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"

struct test {
	double p;
	size_t index;
};

static int by_p(const void *a, const void *b)
{
	const struct test *left = a, *right = b;
	if (left->p < right->p || left->p > right->p)
		return left->p < right->p ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

/* The tests that gave a p, from the smallest up. Free with free(). */
static struct test *sort_tests(double *adjusted, size_t *kept, const double *p, size_t count)
{
	struct test *tests = mem_alloc(count, sizeof *tests);
	*kept = 0;
	for (size_t i = 0; i < count; i++) {
		adjusted[i] = NAN;
		if (!isnan(p[i]))
			tests[(*kept)++] = (struct test){ p[i], i };
	}
	mem_sort(tests, *kept, sizeof *tests, by_p);
	return tests;
}

void adjust_holm(double *adjusted, const double *p, size_t count)
{
	size_t m = 0;
	struct test *tests = sort_tests(adjusted, &m, p, count);
	double most = 0;
	for (size_t i = 0; i < m; i++) {
		most = fmax(most, (double)(m - i) * tests[i].p);
		adjusted[tests[i].index] = fmin(1, most);
	}
	free(tests);
}

void adjust_benjamini_hochberg(double *adjusted, const double *p, size_t count)
{
	size_t m = 0;
	struct test *tests = sort_tests(adjusted, &m, p, count);
	double least = 1;
	for (size_t i = m; i > 0; i--) {
		least = fmin(least, (double)m * tests[i - 1].p / (double)i);
		adjusted[tests[i - 1].index] = least;
	}
	free(tests);
}
