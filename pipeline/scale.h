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
};

struct scales {
	struct scale *scales;
	size_t count;
	bool *wanted; /* for each variable of the dictionary: an item */
};

/* The caller frees with scales_free(). An instrument without one of its items in the dictionary, an item of the wrong
 * type or range, or a score with the name of a variable is an ERROR_CONFIG. */
bool scales_load(struct scales **scales, const struct dictionary *dictionary, const char *instruments,
                 struct error *err);
void scales_free(struct scales *scales);

#endif
