/* What readers know of the sums of one variable: those that are printed, to their last digit; that they add up where
 * cells do; and how large each can be. How far each is still open, and what must not be printed for one to be open
 * further, is had by linear programming (GLPK).
 *
 * Counts are taken to be known, hidden ones too: then sums are tied as closely as any reader can tie them. Over plain
 * arrays, no I/O. */
#ifndef CANVASS_PROTECT_SUMS_H
#define CANVASS_PROTECT_SUMS_H

#include <stdbool.h>
#include <stddef.h>

struct sums;

struct sums *sums_new(void);
void sums_free(struct sums *sums); /* accepts NULL */

/* A sum that is `truth`, and cannot lie outside its range (infinite: no bound). Returns its column, from 0. */
size_t sums_column(struct sums *sums, double truth, double least, double most);

struct sums_term {
	size_t column;
	double factor;
};

/* What readers know to hold: least <= sum of the terms <= most. All columns come before the first question. */
void sums_row(struct sums *sums, const struct sums_term *terms, size_t count, double least, double most);

/* What is printed of a column: that it lies between these (infinite: nothing is). `cost`: of printing nothing. */
void sums_tell(struct sums *sums, size_t column, double low, double high, double cost);

/* Whether readers cannot tell that the column is above `low`, or below `high`. */
bool sums_reaches(struct sums *sums, size_t column, double low, double high);

/* Whether what readers can work out of the column is at least so wide. */
bool sums_is_wide(struct sums *sums, size_t column, double width);

/* Which columns must not be printed for this one to be open to low, or to high, as cheaply as can be: sets those in
 * `hide`, by column, and the price. False where it is open to neither, whatever is printed. NaN: do not ask. */
bool sums_relieve(struct sums *sums, size_t column, double low, double high, bool *hide, double *price);

/* The same for an interval so wide. */
bool sums_relieve_width(struct sums *sums, size_t column, double width, bool *hide, double *price);

#endif
