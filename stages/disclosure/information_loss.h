/* How much a release says less than the counts that it was made from, or says otherwise where they are rounded or
 * perturbed. Over plain arrays; `before` is the true count, `after` what is printed. Sources: Hundepool and others,
 * Handbook on Statistical Disclosure Control, 4.7 and 5.8. */
#ifndef CANVASS_DISCLOSURE_INFORMATION_LOSS_H
#define CANVASS_DISCLOSURE_INFORMATION_LOSS_H

#include <stddef.h>

struct information_loss {
	double mean_difference; /* mean |after - before| */
	double mean_relative;   /* mean |after - before| / before, of those that are not 0; NaN: there are none */
	double hellinger;       /* sqrt(1/2 sum (sqrt after - sqrt before)^2) */
};

/* All NaN where count is 0. */
struct information_loss information_loss(const long long *before, const long long *after, size_t count);

/* Cramér's V = sqrt(X2 / (N (min(rows, columns) - 1))) of a table of counts, row by row; rows and columns that hold
 * nobody do not count. NaN where fewer than two of either are left. */
double information_cramers_v(const long long *counts, size_t rows, size_t columns);

/* How many have another place, the largest first, after than before, and by how many places at most. */
size_t information_ranks(const double *before, const double *after, size_t count, size_t *largest);

#endif
