/* The table answers of ingested.db under way: a row for each record that could be read, as it came. */
#ifndef CANVASS_INGEST_ANSWERS_H
#define CANVASS_INGEST_ANSWERS_H

#include "columns.h"
#include "csv.h"
#include "dictionary.h"
#include "error.h"
#include "source.h"
#include "store.h"
#include "watch.h"

#include <stdbool.h>

enum { ANSWERS_MOST_VARIABLES = 1990 }; /* SQLite holds 2,000 columns, some of which are ours */

struct answers;

/* Create the table; `store` and `dictionary` are borrowed. The caller frees *answers before it commits the store. */
bool answers_create(struct answers **answers, struct store *store, const struct dictionary *dictionary,
                    struct error *err);

/* Begin another export: which cells go where. All borrowed until the next one is begun or *answers is freed. */
bool answers_begin(struct answers *answers, const struct source *source, const struct columns *columns,
                   struct watch *watch, struct error *err);

/* Add a record that has as many cells as its header. *row is its number, from 1 over all exports. */
bool answers_add(struct answers *answers, const struct csv_record *record, long long *row, struct error *err);
void answers_free(struct answers *answers); /* accepts NULL */

#endif
