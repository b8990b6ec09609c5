/* What texts stand for in one export, beside codes.csv: by headers.csv, by the platform's profile, and by the file
 * itself (the values that an SPSS file declares missing). */
#ifndef CANVASS_INGEST_MEANING_H
#define CANVASS_INGEST_MEANING_H

#include "columns.h"
#include "error.h"
#include "source.h"
#include "store.h"

#include <stdbool.h>

bool meaning_store(const struct columns *columns, const struct source *source, struct store *store, struct error *err);

#endif
