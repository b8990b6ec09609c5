/* The scores of every accepted row. */
#ifndef CANVASS_DERIVE_SCORE_H
#define CANVASS_DERIVE_SCORE_H

#include <stdbool.h>

#include "dictionary.h"
#include "error.h"
#include "scale.h"
#include "store.h"

/* Describe the scores that are made in derived.db, with what each is made of, and make its table of scores. */
bool scales_describe(const struct scales *scales, const struct dictionary *dictionary, struct store *derived,
                     struct error *err);

/* Score every accepted row into derived.db. A score is missing for the reason that its missing items share, or
 * not_answered; an answer that is no whole number is unusable. */
bool scales_score(const struct scales *scales, const struct dictionary *dictionary, const char *validated,
                  const char *ingested, struct store *derived, struct error *err);

#endif
