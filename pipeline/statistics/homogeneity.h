/* Can two samples be of one distribution, by how often each answer occurs? (mann_whitney.h takes the answers
 * themselves.)
 *
 * false: there is nothing to test (an empty sample, one kind of answer only), or it could not be computed. The samples
 * are taken as independent of one another. */
#ifndef CANVASS_STATISTICS_HOMOGENEITY_H
#define CANVASS_STATISTICS_HOMOGENEITY_H

#include <stdbool.h>
#include <stddef.h>

struct homogeneity {
	const char *test; /* chi-square, Fisher or Mann-Whitney */
	double statistic; /* X2; z of Mann-Whitney, above 0 where the second sample is higher; NaN of Fisher */
	double p;         /* two-sided */
};

/* Pearson's chi-square (chi_square.h): kinds of which fewer than 5 are expected in a sample are taken together, from
 * the rarest up, until 5 are (Cochran 1954; only totals say which, so that the test stays what it is); where that
 * leaves one kind, Fisher's test of the most frequent against the others. */
bool homogeneity_of_codes(struct homogeneity *test, const long long *before, const long long *after, size_t kinds);

/* Mann and Whitney 1947, how often each of `values` values, in rising order, occurs: U = pairs in which the second
 * sample is higher, ties as half; z = (|U - n1 n2/2| - 1/2)/s with
 *   s^2 = n1 n2/12 (n + 1 - Sum (t^3 - t)/(n(n - 1))), t as many as share a value (Lehmann 1975, 1.20),
 * p from both tails of the normal distribution. For samples of 20 and more. */
bool homogeneity_of_numbers(struct homogeneity *test, const long long *before, const long long *after, size_t values);

#endif
