/* The universe's measures as what readers know of the sums of each variable (sums.h). */
#ifndef CANVASS_PROTECT_KNOWN_SUMS_H
#define CANVASS_PROTECT_KNOWN_SUMS_H

#include "sums.h"
#include "universe.h"

#include <stddef.h>

/* Of each measure: the sums of its variable, and its column there. */
struct known_sums {
	struct sums **variables;
	size_t variable_count;
	size_t *variable, *column; /* by measure, from 0 */
	size_t *column_counts;     /* by variable */
};

/* Sums add up where cells do; where all cells of a sum but one have a measure, the last one's follows. */
struct known_sums *known_sums_new(const struct universe *universe);
void known_sums_free(struct known_sums *known); /* accepts NULL */

#endif
