/* What one change to one key would buy: left out, codes merged, the ends cut, areas made regions. */
#ifndef CANVASS_RISK_OFFERS_H
#define CANVASS_RISK_OFFERS_H

#include "key_table.h"
#include "measures.h"

#include <stdbool.h>
#include <stddef.h>

struct offer {
	size_t key;
	const char *words;          /* what is done, a phrase: merge 16-17 with 18-20 */
	int *map;                   /* by code, from 1: its code afterwards; NULL: the key is left out */
	size_t codes_before, codes; /* that occur; 0 afterwards: left out */
	size_t below, alone;        /* records that agree with fewer than k, with nobody, afterwards */
	double expected, match;     /* as in measures */
};

struct offers {
	struct offer *offers; /* the best first */
	size_t count, capacity;
	struct mem_arena *strings;
};

/* Which coarser code stands above a code of a key: the dictionary's `broader`, or an area's region. */
struct coarser {
	size_t key;
	const char *words;         /* to regions; to broader codes */
	const char *const *labels; /* by code, from 0: the coarser one; NULL: it has none, and stays */
};

/* Release with offers_release(), also where this fails. */
bool offers_make(struct offers *offers, const struct key_table *table, const struct study_microdata *entry,
                 const struct coarser *coarser, size_t coarser_count, struct error *err);
void offers_release(struct offers *offers); /* accepts an empty one */

#endif
