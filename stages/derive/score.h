/* The scores of every accepted row. */
#ifndef CANVASS_DERIVE_SCORE_H
#define CANVASS_DERIVE_SCORE_H

#include <stdbool.h>

#include "dictionary.h"
#include "error.h"
#include "scale.h"
#include "store.h"

/* Describe the derived variables in derived.db and make its table of scores. */
bool scales_describe(const struct scales *scales, const struct dictionary *dictionary, struct store *derived,
                     struct error *err);

/* Score every accepted row into derived.db. */
bool scales_score(const struct scales *scales, const struct dictionary *dictionary, const char *validated,
                  const char *ingested, struct store *derived, struct error *err);

#endif
