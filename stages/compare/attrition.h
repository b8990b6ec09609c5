/* Who stands in two filters by two rows: the same people at two waves.
 *
 * Filters that no row has in common (wave = 'before', wave = 'after') count other rows, but they may be of the same
 * people, whom a reader knows to be the same. Where nobody joined later, the difference of the two counts of an area is
 * how many were lost. So everybody whom one filter takes is also taken by the other, in the same area or elsewhere, or
 * is not: cells beside those of the analysis, of all who stand in the rows and of all who answered. Where nobody of the
 * whole dataset joined, or moved, there is no such cell, for everybody may know that. */
#ifndef CANVASS_COMPARE_ATTRITION_H
#define CANVASS_COMPARE_ATTRITION_H

#include "analysis.h"

/* Add these cells and relations, once the analysis has its own. An ERROR_CONFIG where two filters have a row in common
 * and somebody stands in both by two: what they tell of each other is not known. */
bool attrition_add(const struct analysis *analysis, struct error *err);

/* An ERROR_CONFIG where somebody in the sample stands in two filters by two rows: of kinds that add no such cells. */
bool attrition_refuse(const struct analysis *analysis, const struct sample *sample, struct error *err);

#endif
