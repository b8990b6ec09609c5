/* What ingest reads beside the exports, recorded by content: of the dictionary no more than that, so that a new label
 * or range leaves ingested.db as it is. */
#ifndef CANVASS_INGEST_INPUTS_H
#define CANVASS_INGEST_INPUTS_H

#include "dictionary.h"
#include "error.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>

/* headers.csv; of each variable what is asked of it; and codes.csv, where a question has boxes or the config fills a
 * variable. */
bool inputs_record_dictionary(struct store *store, const struct dictionary *dictionary,
                              const struct study_dataset *dataset, struct error *err);

/* The profiles of the platforms that the exports name. */
bool inputs_record_platforms(struct store *store, const struct study_dataset *dataset, const char *platforms,
                             struct error *err);

#endif
