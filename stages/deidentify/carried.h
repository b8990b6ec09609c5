/* What goes through to the analysis table as it is: it says nothing of one person. */
#ifndef CANVASS_DEIDENTIFY_CARRIED_H
#define CANVASS_DEIDENTIFY_CARRIED_H

#include "dictionary.h"
#include "error.h"
#include "store.h"

#include <stdbool.h>

/* Fill account (validate's, all exports together), item (derive's), routed and route. derived.db is attached to `deidentified`
 * as `derived`, validated.db as `validated`. ERROR_INPUT where the account and the respondents written so far disagree
 * on how many were accepted. */
bool carried_copy(const struct dictionary *dictionary, struct store *deidentified, struct error *err);

#endif
