/* Controlled rounding: counts to multiples of a base so near by that parts still add up to their totals (Salazar 2006).
 *
 * Each count goes to the multiple below or above it, none to another number than itself where it is one, and 0 stays 0;
 * of all ways in which the sums hold, the one whose distances add up to least is taken. Where there is none, counts of
 * the cells that hang together may go a multiple further. Over plain arrays, no I/O. */
#ifndef CANVASS_PROTECT_CONTROLLED_H
#define CANVASS_PROTECT_CONTROLLED_H

#include "secondary.h"

#include <stdbool.h>
#include <stddef.h>

enum { CONTROLLED_STEPS = 4 }; /* how many bases from itself a count may go at most */

struct controlled_cell {
	long long n;
	bool shown;        /* else any number may stand in its place that lets the sums hold: nobody sees it */
	long long rounded; /* after, of those shown: a multiple of the base */
	int steps;         /* and it is nearer to the count than so many bases: 1, but where the sums did not hold so */
};

struct controlled_problem {
	struct controlled_cell *cells;
	size_t cell_count;
	const struct secondary_relation *relations;
	size_t relation_count;
};

/* False where no way was found: *impossible is one of the cells that hang together so. The same problem always gets the
 * same answer. */
bool controlled_round(struct controlled_problem *problem, int base, size_t *impossible);

#endif
