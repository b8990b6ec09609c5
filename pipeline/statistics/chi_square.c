#include "chi_square.h"

#include <stdlib.h>

#include "gsl.h"
#include "mem.h"

static size_t occupied(const long long *totals, size_t count)
{
	size_t n = 0;
	for (size_t i = 0; i < count; i++)
		n += totals[i] > 0;
	return n;
}

enum refusal chi_square(struct chi_square *test, const long long *counts, size_t rows, size_t columns)
{
	long long *row = mem_alloc(rows, sizeof *row), *column = mem_alloc(columns, sizeof *column), n = 0;
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++) {
			long long count = counts[i * columns + j];
			row[i] += count;
			column[j] += count;
			n += count;
		}

	*test = (struct chi_square){ .rows = occupied(row, rows), .columns = occupied(column, columns) };
	enum refusal refusal = n == 0              ? REFUSAL_BASE_EMPTY
	                       : test->rows < 2    ? REFUSAL_FEWER_THAN_2_AREAS
	                       : test->columns < 2 ? REFUSAL_FEWER_THAN_2_CATEGORIES
	                                           : REFUSAL_NONE;
	long double statistic = 0, least = (long double)n;
	for (size_t i = 0; i < rows && !refusal; i++)
		for (size_t j = 0; j < columns; j++) {
			if (row[i] == 0 || column[j] == 0)
				continue;
			long double expected = (long double)row[i] * (long double)column[j] / (long double)n;
			long double distance = (long double)counts[i * columns + j] - expected;
			statistic += distance * distance / expected;
			least = expected < least ? expected : least;
		}
	free(row);
	free(column);
	if (refusal)
		return refusal;

	test->statistic = (double)statistic;
	test->df = (double)((test->rows - 1) * (test->columns - 1));
	test->least_expected = (double)least;
	if (least < 1)
		return REFUSAL_EXPECTED_BELOW_1;
	return gsl_checked_chi_square_tail(&test->p, test->statistic, test->df) ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}
