/* Which column of an export answers which variable: by its name, its path or its import id, never by position. */
#ifndef CANVASS_INGEST_COLUMNS_H
#define CANVASS_INGEST_COLUMNS_H

#include "dictionary.h"
#include "error.h"
#include "sheet.h"
#include "source.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

struct column {
	const struct variable *variable; /* NULL: the dictionary does not name it */
	const struct header *header;     /* its row of headers.csv; NULL: none */
	bool own;                        /* the platform's, and no question */
	bool dropped;                    /* forbidden by the platform's profile: its cells are counted, and no more */
	size_t present;                  /* of a dropped one: its cells that are not blank, as far as counted */
};

struct columns {
	size_t count;
	size_t line, record;              /* of the header; 0: it has none, as an SPSS file */
	const struct sheet_column *sheet; /* as they came; borrowed */
	struct column *at;
	size_t *cells;   /* of each variable of the dictionary: its first cell, from 1; 0: none */
	size_t *dropped; /* the places of the dropped ones */
	size_t dropped_count;
};

/* Match the columns of a sheet. An ERROR_INPUT: no known column, no column for the key or the area, two columns of one
 * variable that are no boxes of it. An ERROR_CONFIG: a dropped column that the dictionary names and the config does not
 * keep, one to keep that is not there, a column for what the config fills. Headers are not echoed: where a header is
 * lacking, they are answers. `path` is the file. Free *columns with columns_free(), also where this fails. */
bool columns_match(struct columns *columns, const struct source *source, const struct sheet *sheet,
                   const struct dictionary *dictionary, const char *path, struct error *err);
void columns_free(struct columns *columns);

/* Whether it is the box of one option of its variable. */
bool column_is_box(const struct column *column);

/* The column of this name, path or import id: its place from 0, and how many there are. */
size_t columns_named(const struct columns *columns, const char *text, size_t *at);

/* Help for a text of the user's that names no column: the place of the nearest, and never its header. Returns false. */
bool columns_help_nearest(const struct columns *columns, const char *text, struct error *err);

/* Whether a cell says what a header says, but for blanks and characters that cannot be seen. */
bool columns_alike(const char *cell, const char *header);

bool columns_store(const struct columns *columns, const struct source *source, struct store *store, struct error *err);

/* Of a record: which dropped cells hold something. */
void columns_count_dropped(struct columns *columns, const struct csv_record *record);

#endif
