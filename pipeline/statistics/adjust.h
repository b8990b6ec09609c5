/* p values of several tests that are read together, each adjusted for the others. */
#ifndef CANVASS_STATISTICS_ADJUST_H
#define CANVASS_STATISTICS_ADJUST_H

#include <stddef.h>

/* `adjusted` gets one value a test; NaN, a test that was refused, stays NaN and is not counted.
 *
 * Holm 1979: the chance of any false rejection: from the smallest p up, the running maximum of (m - i + 1) p_(i).
 * Benjamini and Hochberg 1995: the expected share of false ones among the rejected: from the largest down, the running
 * minimum of m p_(i)/i. Neither exceeds 1. */
void adjust_holm(double *adjusted, const double *p, size_t count);
void adjust_benjamini_hochberg(double *adjusted, const double *p, size_t count);

#endif
