/* How far the items of a scale agree with one another, from sums over the rows that answered all of them: the
 * correlation of each with the rest, and Cronbach's alpha. Memory grows with the items, not with the rows,
 * so that a whole dataset is looked at in passing; alpha.h has all figures of a score, from the answers themselves. */
#ifndef CANVASS_STATISTICS_AGREEMENT_H
#define CANVASS_STATISTICS_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>

struct agreement {
	unsigned items;
	size_t rows;
	long double *sums;     /* by item */
	long double *products; /* of two items, the later one's row first: item, item up to itself */
};

void agreement_begin(struct agreement *agreement, unsigned items);
void agreement_free(struct agreement *agreement); /* what it holds */

/* One row: a value an item. Small whole numbers, such as answers less the least that there is, lose nothing. */
void agreement_add(struct agreement *agreement, const double *values);

/* The rows of another one of the same items too. */
void agreement_join(struct agreement *agreement, const struct agreement *other);

/* Pearson's correlation of an item with the sum of the others. `turned` says which items count the other way round;
 * NULL: none. False where it is not defined: fewer than three rows, or no variance. */
bool agreement_rest(double *r, const struct agreement *agreement, const bool *turned, unsigned item);

/* Cronbach's alpha (Psychometrika 1951, 16): k / (k - 1) * (1 - sum of the items' variances / variance of their sum).
 * False where it is not defined. */
bool agreement_alpha(double *alpha, const struct agreement *agreement, const bool *turned);

/* Whether a correlation, or alpha, is below 0 by more than chance explains, at 1 in 200: Fisher's z of r; of alpha
 * Feldt's distribution (Psychometrika 1965, 30), by which (1 - true alpha) / (1 - alpha) is F with rows - 1 and
 * (rows - 1) * (items - 1) degrees of freedom. */
bool agreement_r_is_negative(double r, size_t rows);
bool agreement_alpha_is_negative(double alpha, size_t rows, unsigned items);

#endif
