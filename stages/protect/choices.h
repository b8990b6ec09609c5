/* What everybody knows of a hidden zero, where zeros are shown: somebody is in it, or one of its groups is small. Only
 * for that is a zero hidden, and so no table in which nobody is in it, and all of its groups are large, is a proof of
 * anything. */
#ifndef CANVASS_PROTECT_CHOICES_H
#define CANVASS_PROTECT_CHOICES_H

#include "alternative.h"
#include "classify.h"
#include "secondary.h"

#include "universe.h"
#include "study.h"

/* The choices of a universe under a policy, one for each zero among few; *groups holds what they borrow. Free both with
 * free(). */
size_t choices_list(struct secondary_choice **choices, size_t **groups, const struct cell_decision *decisions,
                    const struct universe *universe, const struct study_disclosure *policy);

/* By cell: the choices in which it is a group. */
struct choices {
	const struct secondary_problem *problem;
	size_t *first, *choices; /* of cell i: choices[first[i]] to choices[first[i + 1]] */
};

struct choices choices_index(const struct secondary_problem *problem);
void choices_free(struct choices *choices); /* what is inside */

/* A choice that the alternative leaves without a case; NULL: none. */
const struct secondary_choice *choices_broken(const struct choices *choices, const struct alternative *alternative);

#endif
