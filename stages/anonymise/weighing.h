/* The weights of a file: rough enough that none tells of a key what was blanked. */
#ifndef CANVASS_ANONYMISE_WEIGHING_H
#define CANVASS_ANONYMISE_WEIGHING_H

#include <stddef.h>

/* Put the means of groups in the place of `weights` (count of them): ascending, equal ones together, each group of at
 * least `least` records among whom no key is the same everywhere. `codes` (count x width; 0: missing): the keys that may
 * be blanked, as nothing need be hidden of others; one that is the same in all records counts for none. All weights are
 * one group where no other is found. Their sum stays. */
void weighing_average(double *weights, size_t count, size_t least, const int *codes, size_t width);

#endif
