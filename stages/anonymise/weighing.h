/* The weights of a file: rough enough that none tells of a key what was blanked. */
#ifndef CANVASS_ANONYMISE_WEIGHING_H
#define CANVASS_ANONYMISE_WEIGHING_H

#include <stddef.h>

/* Put means in the place of `weights` (count of them). `codes`: count x width, 0: missing; `hidden` (bit k: key k): those
 * that may be blanked, as nothing need be hidden of others.
 *
 * Of records that miss no hidden key: of groups, ascending, equal weights together, each of at least `least` records among
 * whom no hidden key is the same everywhere, where it is not in all. All are one group where no other is found. Their sum
 * stays.
 *
 * Of those that miss one: of all the former that agree with it in the keys that are not hidden; of all the former where
 * these are fewer than `least`. For its own weight and what is left of the record could tell together what was blanked,
 * and even a mean over others like it does, to who knows what the weights of each group are. */
void weighing_average(double *weights, size_t count, size_t least, const int *codes, size_t width, unsigned hidden);

#endif
