/* What to say where no pattern of hidden cells protects all that must be protected. */
#ifndef CANVASS_PROTECT_INFEASIBLE_H
#define CANVASS_PROTECT_INFEASIBLE_H

#include "classify.h"
#include "secondary.h"

#include "error.h"

/* An ERROR_REFUSED (policy-infeasible) that names the cells which secondary_protect marked, what is shown around them
 * whatever happens, and what would help. Returns false. */
bool infeasible_refuse(const struct secondary_problem *problem, const struct cell_decision *decisions,
                       const struct universe *universe, struct error *err);

#endif
