/* The rows of the analysis table, numbered in the order of their pseudonyms, which tells nothing of who came first. */
#ifndef CANVASS_DEIDENTIFY_RESPONDENT_H
#define CANVASS_DEIDENTIFY_RESPONDENT_H

#include "drawing.h"
#include "kept.h"

/* `key` is the study's, NULL where it has none and nothing becomes a pseudonym. `date` is the study's,
 * in days. derived.db is attached to `deidentified` as `derived`. Records the provenance item population, which changes
 * with the people in the table and with nothing else. `drawing` takes every row. */
bool respondents_write(const struct kept *kept, const struct dictionary *dictionary, const char *key, long long date,
                       const char *validated, const char *ingested, struct drawing *drawing, struct store *deidentified,
                       struct error *err);

#endif
