/* Insiders: who is among the people of a small cell.
 *
 * At most `insiders` people who make up a hidden cell, and put together what they know, know its count, and what each
 * of them answered: the counts of all its parts. Of every other unsafe cell they must not be able to tell how many are
 * in it: its interval, where all that they know stays as it is, is as wide as the policy demands, or one wide where it
 * has no more people than they may be. The threshold and protection levels are demanded against the public alone. */
#ifndef CANVASS_PROTECT_INSIDERS_H
#define CANVASS_PROTECT_INSIDERS_H

#include "secondary.h"

/* The people of one cell, and all cells whose count they know. */
struct coalition {
	size_t *cells, count; /* in order, the cell that they make up among them */
};

struct insiders {
	struct coalition *coalitions;
	size_t count;
	size_t *first, *knowing; /* the coalitions that know cell i: knowing[first[i]] to knowing[first[i + 1]] */
};

struct insiders *insiders_new(const struct secondary_problem *problem);
void insiders_free(struct insiders *insiders); /* accepts NULL */

bool coalition_knows(const struct coalition *coalition, size_t cell);

/* How wide the interval of an unsafe cell must be that others know so much about. */
long long insiders_width(const struct secondary_problem *problem, size_t cell);

#endif
