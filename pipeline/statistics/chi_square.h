/* Are the rows and columns of a table of counts independent? */
#ifndef CANVASS_STATISTICS_CHI_SQUARE_H
#define CANVASS_STATISTICS_CHI_SQUARE_H

#include <stddef.h>

#include "reason.h"

struct chi_square {
	double statistic, df, p;
	double least_expected;
	size_t rows, columns; /* that hold anybody; the others are left out and cost no df */
};

/* Pearson 1900, without Yates' correction: E = row total * column total / n, X2 = Sum (O - E)^2/E, df = (r - 1)(c - 1),
 * p from the upper tail. `counts` row by row. Refused: an empty table, fewer than 2 rows or columns that hold anybody,
 * an expected count below 1 (Cochran 1954). */
enum refusal chi_square(struct chi_square *test, const long long *counts, size_t rows, size_t columns);

#endif
