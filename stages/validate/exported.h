/* The rows of ingested.db, one at a time, with the exports they stand in. */
#ifndef VALIDATE_EXPORTED_H
#define VALIDATE_EXPORTED_H

#include "dictionary.h"
#include "error.h"
#include "form.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

struct exported_source {
	long long source;
	const char *name, *wave; /* wave: "" where the study has one */
	const struct form *form; /* how it writes answers */
};

struct exported_row {
	long long row;
	const struct exported_source *source;
	size_t line, record;
	const char *const *cells; /* one for each variable of the dictionary, as they came; NULL: no such column */
};

struct exported;

/* `store` has ingested.db attached as `ingested`. One that was made with another dictionary is refused. */
bool exported_open(struct exported **exported, struct store *store, const struct dictionary *dictionary,
                   struct error *err);
void exported_close(struct exported *exported); /* accepts NULL; before the store is closed */

size_t exported_source_count(const struct exported *exported);
const struct exported_source *exported_source_at(const struct exported *exported, size_t index);

/* Begin with the first row (again). */
void exported_rewind(struct exported *exported);

/* The same, and from here on read only these variables (one flag each; NULL: all). The cells of others are NULL. */
bool exported_begin(struct exported *exported, const bool *wanted, struct error *err);

/* *row is NULL at the end; borrowed until the next call. */
bool exported_next(struct exported *exported, const struct exported_row **row, struct error *err);

/* All of the row of this number, whatever is read one after another; borrowed until the next call of either. */
bool exported_read(struct exported *exported, long long number, const struct exported_row **row, struct error *err);

#endif
