/* What stands in the place of the counts that are shown, where the policy rounds or perturbs them, and what everybody
 * may know of them then. */
#ifndef CANVASS_PROTECT_ROUNDED_H
#define CANVASS_PROTECT_ROUNDED_H

#include "universe.h"
#include "classify.h"
#include "controlled.h"
#include "error.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* Fill `printed`, known_least and known_most of every cell of people that some line asks for and that is not hidden so
 * far. The relations are the universe's, with positions from 0. An ERROR_REFUSED where no controlled rounding is found, or a
 * cell has no key; an ERROR_CONFIG where the table of perturbation is wrong. */
bool rounded_decide(struct cell_decision *decisions, const struct universe *universe,
                    const struct study_disclosure *policy, const struct secondary_relation *relations,
                    struct error *err);

#endif
