/* The same people under two names: those who answered an instrument's score and those who answered its bands; a filter
 * that is a code of another variable. Their cells are counted once each, and must be decided as one: one of them shown
 * would give away what the other was hidden for. So each is said to be the sum of the other.
 *
 * The names are facets of different variables, of the whole dataset, and of at least the threshold: below it the same
 * few people may be in two facets by chance, and saying so would tell something of them. Complements follow from what
 * they are the complements of. */
#ifndef CANVASS_COMPARE_TWINS_H
#define CANVASS_COMPARE_TWINS_H

#include "universe.h"
#include "lattice.h"

struct twins;

struct twins *twins_new(void);
void twins_free(struct twins *twins); /* accepts NULL */

/* Take in the facets and cells of a lattice. `dataset` and the terms are copied. */
void twins_note(struct twins *twins, const char *dataset, const struct lattice *lattice, long long least);

/* Once all lattices are noted: relate the cells whose conditions differ only in names for the same people. */
void twins_relate(struct twins *twins, struct universe *universe);

#endif
