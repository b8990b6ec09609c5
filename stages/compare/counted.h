/* What a share or a number of people is of: each code of the outcome, or the codes that count together. */
#ifndef CANVASS_COMPARE_COUNTED_H
#define CANVASS_COMPARE_COUNTED_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"

struct counted {
	size_t facet, rest; /* of the outcome: it, and not it */
	const char *term;   /* its codes */
	char *label;        /* their labels */
};

/* Once the analysis has begun. Free with counted_free(). */
struct counted *counted_all(const struct analysis *analysis, size_t *count);
void counted_free(struct counted *counted, size_t count); /* accepts NULL */

/* Say, where codes count together, which: below the table, and as the label of their term. */
void counted_say(struct analysis *analysis, const struct counted *counted);

/* Whether who stands here on the outcome's axis gave the answer. */
bool counted_has(const struct analysis *analysis, const struct counted *counted, size_t atom);

#endif
