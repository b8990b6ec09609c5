/* A pattern of cells to hide, found step by step: each unsafe cell in turn gets the proofs that it needs, as cheaply as
 * can be; then what turns out not to be needed is shown again. */
#ifndef CANVASS_PROTECT_PATTERN_H
#define CANVASS_PROTECT_PATTERN_H

#include "secondary.h"

/* As secondary_protect, of which this is the heuristic. `chosen` are cells to begin with, hidden to protect others;
 * NULL: none. */
bool pattern_find(struct secondary_problem *problem, const bool *chosen, size_t *impossible);

#endif
