/* People under one name who are all among those of another: whoever has a score answered each of its items, whoever
 * stands at its lowest value is in its lowest band, whoever rated the support had some. The difference of the two is a
 * group like any other, and two counts that are shown would tell it where it is small; so it is a cell, and the one
 * is said to be the sum of the other and of it. Where several names take up the whole (bands that are cut finer
 * elsewhere), the whole is their sum.
 *
 * The names are of variables that are made of answers in common, of a question with a route and what the route may
 * read, or two options of one question where several may be ticked. Whether one is within the other is seen from the
 * answers, for names of at least the threshold, as for twins; names of the same people are twins. */
#ifndef CANVASS_COMPARE_NESTS_H
#define CANVASS_COMPARE_NESTS_H

#include "universe.h"
#include "dataset.h"
#include "error.h"

#include <stdbool.h>

/* Once all analyses of the dataset have added their cells. */
bool nests_add(struct universe *universe, const struct dataset *dataset, struct error *err);

#endif
