/* Made-up studies: people in atoms, and tables of them in a universe of cells as compare would make it. */
#ifndef CANVASS_TESTS_MADE_UP_H
#define CANVASS_TESTS_MADE_UP_H

#include "search.h"

#include "study.h"
#include "universe.h"

struct made_up {
	struct universe *universe;
	struct study_disclosure policy;
	size_t atom_count;
	long long people[SEARCH_ATOMS]; /* by atom */
	double score[SEARCH_ATOMS];     /* of each of them */
	atoms *cells;                   /* by the cell's id less one */
};

/* The same seed makes the same study on every machine. `small`: few enough atoms for a search through all tables. Free
 * what is inside with made_up_free(). */
struct made_up made_up_study(unsigned long long seed, bool small);
void made_up_free(struct made_up *study);

#endif
