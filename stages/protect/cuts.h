/* What is demanded of unsafe cells, and the cuts that say what a choice of cells to hide lacks of it.
 *
 * A cut is a sum over cells that may be hidden, each times its part in the choice (0 to 1), that is at least 1 in every
 * pattern which protects. It follows from the dual of the attacker's programme (attack.h). What an earlier programme
 * showed to be open is not asked again while it holds. */
#ifndef CANVASS_PROTECT_CUTS_H
#define CANVASS_PROTECT_CUTS_H

#include "attack.h"

#include <glpk.h>

struct cuts;

/* Of these cells. Cuts go into `master`, as rows; the column of the cell at a place is column[place], 0: it has none.
 * Borrows all. */
struct cuts *cuts_new(struct attack *attack, const struct secondary_problem *problem, const struct insiders *insiders,
                      const size_t *cells, size_t count, glp_prob *master, const int *column);
void cuts_free(struct cuts *cuts); /* accepts NULL */

/* Whether there are more insiders to ask for than can be. */
bool cuts_are_too_many(const struct cuts *cuts);

/* Cuts that what the attacker finds hidden breaks, as many as one round learns of; *failed: a programme was not solved.
 * Of a choice in parts only such as it breaks clearly. */
size_t cuts_find(struct cuts *cuts, bool in_parts, bool *failed);

#endif
