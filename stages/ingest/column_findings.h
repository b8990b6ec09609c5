/* What is worth a person's look in the header of an export. */
#ifndef CANVASS_INGEST_COLUMN_FINDINGS_H
#define CANVASS_INGEST_COLUMN_FINDINGS_H

#include "columns.h"
#include "dictionary.h"
#include "error.h"
#include "found.h"
#include "source.h"

#include <stdbool.h>

/* Columns that nobody knows, that are twice, blank or spoilt, or that are missing. */
bool column_findings_add(const struct columns *columns, const struct source *source,
                         const struct dictionary *dictionary, const struct found *found, struct error *err);

/* When all records are read: each dropped column in which something stood, with the number of its cells. */
bool column_findings_add_dropped(const struct columns *columns, const struct found *found, struct error *err);

#endif
