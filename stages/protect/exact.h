/* The cheapest pattern of cells to hide: Fischetti and Salazar's (2001) cut loop.
 *
 * A master programme chooses cells by their cost (0 or 1 each). For each unsafe cell an attacker's linear programme
 * then says how far it can move where these cells are hidden. Where that is too little, the programme's dual says which
 * further cells would let it move, and by how much at most: a cut, that every pattern which protects the cell meets.
 * When none is broken, no cheaper pattern protects them all.
 *
 * Linear programmes allow fractions, so the pattern may protect a little less in whole numbers: who uses it checks. */
#ifndef CANVASS_PROTECT_EXACT_H
#define CANVASS_PROTECT_EXACT_H

#include "insiders.h"
#include "secondary.h"
#include "ties.h"

enum exact_outcome {
	EXACT_FOUND,   /* `chosen` is the cheapest, at *cost */
	EXACT_FAILED,  /* cbc was asked for and failed: *problem->cbc_error */
	EXACT_GAVE_UP, /* the limits of effort were reached, or a cell cannot be protected: `chosen` is a beginning */
};

/* Of some cells that hang together, by position; relations reach no other cell but fixed ones. `problem` is as it was
 * before anything was hidden to protect others, and so are its ties and insiders. Marks in `chosen`, which has a place
 * for each cell of the problem. The same problem always gets the same answer. */
enum exact_outcome exact_choose(bool *chosen, double *cost, const struct secondary_problem *problem,
                                const struct ties *ties, const struct insiders *insiders, const size_t *cells,
                                size_t count);

#endif
