/* Which cell of an export's records answers which variable: by the header's text, never by position. */
#ifndef CANVASS_INGEST_COLUMNS_H
#define CANVASS_INGEST_COLUMNS_H

#include "csv.h"
#include "dictionary.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct columns {
	size_t count;                      /* of the header's cells */
	char **headers;                    /* of each cell: its text, trimmed */
	const struct variable **variables; /* of each cell; NULL: the dictionary does not name it */
	size_t *cells;                     /* of each variable of the dictionary: its cell, from 1; 0: none */
};

/* Match a header record. A damaged header, two columns of one variable, no known column, or no column for the key or
 * the area is an ERROR_INPUT; the header's texts are never echoed, for they are answers where a header is lacking. */
bool columns_match(struct columns *columns, const struct csv_record *header, const struct dictionary *dictionary,
                   const char *profile, const char *path, struct error *err);
void columns_free(struct columns *columns);

#endif
