/* What stands in the answers of an export that a person should know of, counted and never kept: letters that were
 * spoilt before they came here, and ways to reach somebody. */
#ifndef CANVASS_INGEST_WATCH_H
#define CANVASS_INGEST_WATCH_H

#include "dictionary.h"
#include "error.h"
#include "found.h"

#include <stdbool.h>
#include <stddef.h>

struct watch {
	const struct dictionary *dictionary; /* borrowed */
	size_t mojibake, lost;               /* cells */
	size_t *contacts;                    /* cells of each variable */
};

struct watch watch_new(const struct dictionary *dictionary);
void watch_free(struct watch *watch);

/* Look at a cell of a variable (by index). */
void watch_look(struct watch *watch, size_t variable, const char *text, size_t length);

/* Look at a header cell: for spoilt letters alone. */
void watch_header(struct watch *watch, const char *text);

bool watch_find(const struct watch *watch, const struct found *found, struct error *err);

#endif
