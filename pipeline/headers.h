/* headers.csv: what the columns of exports are, by profile. */
#ifndef CANVASS_HEADERS_H
#define CANVASS_HEADERS_H

#include "code_lists.h"
#include "csv_table.h"
#include "dictionary.h"
#include "error.h"
#include "variables.h"

#include <stdbool.h>
#include <stddef.h>

struct headers;

/* The columns of headers.csv. */
enum { HEADERS_COLUMNS = 8 };
extern const char *const headers_columns[HEADERS_COLUMNS];

/* `table` is headers.csv by those columns; all is borrowed for good. The caller frees *headers with headers_free(). */
bool headers_load(struct headers **headers, const struct csv_table *table, const struct variables *variables,
                  const struct code_lists *lists, struct error *err);
void headers_free(struct headers *headers); /* accepts NULL */

/* In the order of the file. */
const struct header *headers_all(const struct headers *headers, size_t *count);

/* The row for a column by the names that it has in the export (NULL: none of that kind): by its id before its words,
 * and by these before its name. NULL: there is none. */
const struct header *headers_find(const struct headers *headers, const char *profile,
                                  const char *const names[HEADER_MATCH_COUNT]);

/* Whether the profile has a row for a variable. */
bool headers_name(const struct headers *headers, const char *profile, const char *variable);

#endif
