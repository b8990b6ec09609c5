/* Protection levels: how far from a small count the ends of what a reader can work out must lie. */
#ifndef CANVASS_PROTECT_LEVELS_H
#define CANVASS_PROTECT_LEVELS_H

#include "classify.h"

/* Of every unsafe cell, min_percent of its count, rounded up; downwards no further than everybody knows that it goes: a
 * whole is at least what its parts are, and where nobody is in all others of its parts, the one that is left is the
 * whole: what linear programs leave open when all is hidden that may be. */
void levels_set(struct cell_decision *decisions, const struct universe *universe,
                const struct study_disclosure *policy);

#endif
