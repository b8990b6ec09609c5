/* The scales of a dataset: each instrument that its variables name, tied to those variables. */
#ifndef CANVASS_SCALE_H
#define CANVASS_SCALE_H

#include "dictionary.h"
#include "error.h"
#include "instrument.h"

#include <stdbool.h>
#include <stddef.h>

struct scale {
	struct instrument *instrument;
	size_t *variables; /* index in the dictionary of each item, in the instrument's order */
	bool *made;        /* for each score of the instrument: always, or on request only where it is named */
};

struct scales {
	struct scale *scales;
	size_t count;
	bool *wanted; /* for each variable of the dictionary: an item */
};

/* `requested` are the scores that the study's dataset names, beside those that are always made; NULL and 0 for none.
 * The caller frees with scales_free(). An instrument without one of its items in the dictionary, an item of the wrong
 * type or range, a score with the name of a variable, or a requested one that no instrument has is an ERROR_CONFIG. */
bool scales_load(struct scales **scales, const struct dictionary *dictionary, const char *instruments,
                 char *const *requested, unsigned requested_count, struct error *err);
void scales_free(struct scales *scales);

#endif
