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

/* The same, and what else may be demanded of those who agree on `set`. */
struct safety {
	unsigned set;
	size_t k; /* people; at least 1 */

	/* They gave at least `l` different answers, or none at all, which tells nothing. By record: codes from 1, 0:
	 * missing. NULL: not demanded. */
	const int *sensitive;
	size_t l;

	/* The individual risk (reidentification.h) is at most that. 0: not demanded. */
	double max_risk;
};

struct suppressing {
	int *codes; /* count x width, 0: missing */
	size_t count, width;
	const struct safety *demands;
	size_t demand_count;
	const double *costs;     /* of blanking a value, by key, above 0; INFINITY: never */
	const unsigned *along;   /* by key: the keys that would tell its value (bits), and are blanked along with it;
	                          * with those that would tell theirs. NULL: none */
	const size_t *people;    /* by record: whose it is, from 0. Records of one person are no protection of each other:
	                          * he counts once. NULL: everybody has one */
	const double *weights;   /* by record: how many it stands for, the same in all of a person's. NULL: itself */
	enum key_missing missing;
};

/* Blank values until every demand is met. Returns how many records fail a demand in the end, which are those that no
 * blanking helps: 0 where all is well. By demand: how many fail it before and after; either may be NULL.
 *
 * Missing as a wildcard: each record that fails, the rarest first, loses the cheapest set of values after which all that
 * is demanded holds for it; what others lost before counts for it. In the end every value is given back, dearest first,
 * that need not be blank. No value can be given back alone then. (Templ, Kowarik and Meindl 2015 blank one value after
 * the other by the nearest record, which can cost more, and do not look at a subset of the keys again after the next
 * one.)
 *
 * Missing as a value: records that fail lose the cheapest set after which enough are alike, together; and again, until
 * no demand is broken by another's cure. */
size_t local_suppress(const struct suppressing *suppressing, size_t *before, size_t *after);

/* The same for k-anonymity alone, of people with one record each. */
size_t local_suppression(int *codes, size_t count, size_t width, const struct anonymity *demands, size_t demand_count,
                         const double *costs, enum key_missing missing);

#endif
