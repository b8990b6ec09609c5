/* What ties the moves of cells, with as few unknowns as can be.
 *
 * Most cells of a study are complements that nobody asks for ("not this code", "the rest of the areas"): each is what
 * another sum leaves over. Such a cell is solved out: its move is written as that of others, and only its bounds are
 * left to watch. A tie is a sum of moves that is 0, or that stays within its room. */
#ifndef CANVASS_PROTECT_TIES_H
#define CANVASS_PROTECT_TIES_H

#include "room.h"
#include "secondary.h"

struct tie_term {
	size_t cell;
	int factor;
};

struct tie {
	size_t first, count; /* in the terms */
	bool equal;          /* the sum is 0; else it stays within the room */
	struct room room;
	size_t solves; /* the cell that was solved by it, plus 1; 0: none */
};

struct ties {
	struct tie *ties; /* equal ones first */
	struct tie_term *terms;
	size_t *touching, *touching_first; /* the ties of cell i: touching[touching_first[i]] to
	                                      touching[touching_first[i + 1]] */
	size_t *solved; /* by cell: position of the tie whose terms add up to its move, plus 1; 0: an unknown */
	size_t tie_count, term_count, tie_capacity, term_capacity;
};

/* Cells that can never move are in no tie; those hidden now must stay hidden as long as the ties are
 * used. */
struct ties *ties_new(const struct secondary_problem *problem);
void ties_free(struct ties *ties); /* accepts NULL */

#endif
