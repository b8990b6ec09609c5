/* Alternatives to the true table: other whole-number tables that show exactly what is shown.
 *
 * An attacker cannot tell an alternative from the truth, so each is a proof of how far the cells that it moves are
 * still open. They are found by linear programming (GLPK), rounded, and then checked in whole numbers: no tolerance of
 * the solver is trusted. Minimising the cost of the cells that must move is the heuristic of Kelly, Golden and Assad
 * (1992). */
#ifndef CANVASS_ALTERNATIVE_H
#define CANVASS_ALTERNATIVE_H

#include "secondary.h"

struct alternative_move {
	size_t cell;
	long long by; /* not 0 */
};

/* Moves of cells that hang together; the cells that are not named stay as they are. */
struct alternative {
	struct alternative_move *moves; /* by cell */
	size_t count;
};

void alternative_free(struct alternative *alternative); /* what is inside; accepts an empty one */

/* The move of the cell, or NULL. */
const struct alternative_move *alternative_move_of(const struct alternative *alternative, size_t cell);

/* What an alternative should do to a cell: move it by so much or further in that direction. */
struct alternative_aim {
	size_t cell;
	long long by;
};

/* What may move. Either way, only what is around the cells aimed at: the nearest cells, about as many as `limit` says.
 */
enum alternative_reach {
	ALTERNATIVE_HIDDEN, /* what is hidden, and what is shown within what readers leave open */
	ALTERNATIVE_ANY,    /* further what is shown and may be hidden; as cheaply as can be */
};

struct alternative_finder;

/* Borrows the problem. Between calls, cells that were shown at first may be hidden, and shown again. */
struct alternative_finder *alternative_finder_new(const struct secondary_problem *problem);
void alternative_finder_free(struct alternative_finder *finder);

/* From now on these cells stay as they are, whatever is searched: somebody knows them. NULL: none. Borrows them. */
void alternative_pin(struct alternative_finder *finder, const size_t *cells, size_t count);

/* An alternative that meets the aim. False where there is none within reach. */
bool alternative_find(struct alternative *found, struct alternative_finder *finder, const struct alternative_aim *aim,
                      enum alternative_reach reach, size_t limit);

/* Alternatives that bring many cells towards their aims at once, moving only what is hidden. Some aims may not be met.
 * The caller frees each of *found, and *found. */
size_t alternative_find_many(struct alternative **found, struct alternative_finder *finder,
                             const struct alternative_aim *aims, size_t count, size_t limit);

#endif
