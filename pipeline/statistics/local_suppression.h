/* Local suppression: single values of key variables are blanked until everybody agrees with enough others. */
#ifndef CANVASS_STATISTICS_LOCAL_SUPPRESSION_H
#define CANVASS_STATISTICS_LOCAL_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "equivalence.h"

enum { LOCAL_SUPPRESSION_KEYS = 16 }; /* at most */

/* Everybody agrees with at least `k` records, himself among them, on the keys in `set` (bit i: key i). */
struct anonymity {
	unsigned set;
	size_t k;
};

/* Blank values in `codes` (count x width, 0: missing) until every demand is met. `costs` of blanking a value, by key,
 * above 0; INFINITY: never. Returns how many records fail a demand in the end, which are those that no blanking helps:
 * 0 where all is well.
 *
 * Missing as a wildcard: each record that fails, the rarest first, loses the cheapest set of values after which it
 * agrees with enough; what others lost before counts for it. In the end every value is given back, dearest first, that
 * need not be blank. No value can be given back alone then. (Templ, Kowarik and Meindl 2015 blank one value after the
 * other by the nearest record, which can cost more, and do not look at a subset of the keys again after the next one.)
 *
 * Missing as a value: records that fail lose the cheapest set after which enough are alike, together; and again, until
 * no demand is broken by another's cure. */
size_t local_suppression(int *codes, size_t count, size_t width, const struct anonymity *demands, size_t demand_count,
                         const double *costs, enum key_missing missing);

#endif
