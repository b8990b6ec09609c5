/* Weights that make a sample add up to what is known of the population. */
#ifndef CANVASS_STATISTICS_RAKE_H
#define CANVASS_STATISTICS_RAKE_H

#include <stdbool.h>
#include <stddef.h>

/* One margin: which of its cells each row is in, from 0, and the population of each cell, above 0. */
struct rake_margin {
	const size_t *cell;
	const double *population;
	size_t cells;
};

struct rake_report {
	size_t rounds;        /* times that all margins were gone through */
	double largest_error; /* of a cell: |sum of its weights / its population - 1| */
	size_t trimmed;       /* rows at the most that a weight may be */
	bool done;            /* every margin holds, and no weight is above the most */
};

/* Iterative proportional fitting (Deming and Stephan 1940): for one margin after another w becomes w N_c / Sum_c w in
 * each of its cells c, until no sum of weights is off its population by more than one in 10^10. With one margin
 * that is post-stratification, done in one round. Every cell needs a weight above 0, and the populations of each margin
 * the same sum. It never ends where cells without anybody make the margins contradict each other: not done where
 * 1,000 rounds more bring the largest error down by less than a tenth. */
void rake(struct rake_report *report, double *weights, size_t rows, const struct rake_margin *margins, size_t count);

/* The same, with no weight above `most` times the mean weight: those above are cut to it and all are raked again, until
 * both hold (the second to one in 10^6), or not done after 1,000 times. */
void rake_trimmed(struct rake_report *report, double *weights, size_t rows, const struct rake_margin *margins,
                  size_t count, double most);

/* 1 + CV^2 of the weights (Kish 1965): n Sum w^2 / (Sum w)^2, by which unequal weights alone multiply a variance. */
double rake_kish(const double *weights, size_t rows);

#endif
