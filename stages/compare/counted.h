/* What a share or a number of people is of: each code of the outcome, or the codes that count together; of a question
 * where several options may be ticked, each option, or any of those. */
#ifndef CANVASS_COMPARE_COUNTED_H
#define CANVASS_COMPARE_COUNTED_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"

struct counted {
	size_t facet, rest; /* of the outcome: it, and not it */
	char *term;         /* its codes */
	char *label;        /* their labels */
	bool *options;      /* where several may be ticked: any of these; NULL else */
};

/* Once the analysis has begun. Free with counted_free(). */
struct counted *counted_all(const struct analysis *analysis, size_t *count);
void counted_free(struct counted *counted, size_t count); /* accepts NULL */

/* Say, where codes count together, which: below the table, and as the label of their term. */
void counted_say(struct analysis *analysis, const struct counted *counted);

/* Whether this one of the sample's respondents, who answered, gave the answer. */
bool counted_has(const struct analysis *analysis, const struct counted *counted, size_t respondent);

#endif
