/* How closely rows and columns of a table of counts go together, and which of its cells stand out. */
#ifndef CANVASS_STATISTICS_ASSOCIATION_H
#define CANVASS_STATISTICS_ASSOCIATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reason.h"

struct cramer {
	double v;         /* Cramer 1946: sqrt(X2/(n (min(r, c) - 1))) */
	double corrected; /* Bergsma 2013: of phi2~ = max(0, X2/n - (r - 1)(c - 1)/(n - 1)), r~ = r - (r - 1)^2/(n - 1)
	                   */
	double low, high; /* of v: from the noncentralities of chi-square, l/n in the place of X2/n, at most 1 */
};

/* Over the rows and columns that hold anybody. Refused: as chi_square, but for small expected counts. */
enum refusal cramer(struct cramer *effect, const long long *counts, size_t rows, size_t columns, double level);

/* Haberman 1973: (O - E)/sqrt(E (1 - row total/n)(1 - column total/n)), about standard normal where rows and columns
 * are independent; NaN in rows and columns that hold nobody or everybody. */
void adjusted_residuals(double *residuals, const long long *counts, size_t rows, size_t columns);

struct fisher {
	double p;
	bool exact;       /* else from `drawn` random tables, */
	long long drawn;  /* p = (1 + those not more probable)/(drawn + 1) */
	double low, high; /* and its own 99 per cent interval (Clopper-Pearson); p where it is exact */
};

/* Fisher 1935, Freeman and Halton 1951: given the margins, the probability of all tables that are not more probable
 * than this one, counting those as equal that differ by less than 1e-7 of it, as R does. Exact for tables of 2 x 2; of
 * others by going through them column by column, those with the same rest of the row totals together, while no more
 * than `work` of these come up (0: 200000); beyond that `drawn` (0: 20000) tables are drawn with these margins
 * (Patefield 1981) from `seed`. There is always a p. Refused: fewer than 2 rows or columns that hold anybody. */
struct fisher_effort {
	size_t work;
	long long drawn;
	uint64_t seed;
};
enum refusal fisher(struct fisher *test, const long long *counts, size_t rows, size_t columns,
                    struct fisher_effort effort);

#endif
