/* Which cells are the same people under several conditions: of two areas, one is the rest of the other; of two answers,
 * one is not the other. Known from the sums alone, whatever the counts. */
#ifndef CANVASS_SAME_H
#define CANVASS_SAME_H

#include "universe.h"

#include <stdbool.h>
#include <stddef.h>

/* By cell, from 0: the first cell, from 0, that is the same people. Two are where one is the only part of the other;
 * where two sums of one whole have all other parts alike; where they are sums of the same parts. Parts that are
 * `nobody` (by cell; NULL: none) add nothing to a sum. Free with free(). */
size_t *same_people(const struct universe *universe, const bool *nobody);

#endif
