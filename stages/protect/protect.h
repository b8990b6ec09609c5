/* All cells of the study decided at once, and the decisions written down. */
#ifndef CANVASS_PROTECT_PROTECT_H
#define CANVASS_PROTECT_PROTECT_H

#include "universe.h"
#include "classify.h"
#include "error.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>

/* One decision for each cell; free with free(). *cheapest, unless NULL: whether no pattern that protects costs less.
 * `output` is the restricted file that they are for: where the policy asks for cbc, that works beside it. An
 * ERROR_REFUSED where what is public by nature gives an unsafe cell away. */
bool protect_universe_for(const char *output, struct cell_decision **decisions, bool *cheapest,
                          const struct universe *universe, const struct study_disclosure *policy, struct error *err);

/* The same, of a policy whose solver is GLPK. */
bool protect_universe(struct cell_decision **decisions, bool *cheapest, const struct universe *universe,
                      const struct study_disclosure *policy, struct error *err);

/* Into the tables of schema/protected.sql. */
bool protect_store(const struct cell_decision *decisions, const struct universe *universe,
                   const struct study_disclosure *policy, bool cheapest, struct store *store, struct error *err);

#endif
