/* How counts are rounded to a base, and what a rounded count says: whole numbers only. */
#ifndef CANVASS_ROUNDING_H
#define CANVASS_ROUNDING_H

#include "study.h"

#include <stdbool.h>

enum { ROUNDING_LEAST_BASE = 2, ROUNDING_MOST_BASE = 1000 };

/* To the nearest multiple of the base, half away from zero. n >= 0. */
long long rounding_nearest(long long n, int base);

/* What everybody may know of a count who sees what stands in its place and knows the policy: counts from 1 to threshold
 * - 1 are hidden, and so are zeros where they are not shown. `steps`: a controlled count lies within so many bases (1,
 * unless no table adds up so near). */
void rounding_known(const struct study_rounding *rounding, int threshold, bool zeros_shown, int steps,
                    long long printed, long long *least, long long *most);

/* Whether the smallest number that is printed still stands for as many counts as any other: else it would say what
 * rounding is to keep. A threshold of 1 hides no small count, and fits where zeros are shown. */
bool rounding_fits(const struct study_rounding *rounding, int threshold, bool zeros_shown);

#endif
