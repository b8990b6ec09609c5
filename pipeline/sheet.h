/* One export, whatever wrote it: columns with their names, and records. The platform's profile says how its header rows
 * are read; text and SPSS files look alike from here on. */
#ifndef CANVASS_SHEET_H
#define CANVASS_SHEET_H

#include "csv.h"
#include "error.h"
#include "platform.h"
#include "spss.h"

#include <stdbool.h>
#include <stddef.h>

/* All texts borrowed until sheet_close; none NULL unless said. Trimmed of ASCII blanks; characters that cannot be seen
 * are taken out, and wide and no-break spaces are blanks. */
struct sheet_column {
	const char *name; /* in the row of names; where the platform has none, the path. "": a blank header */
	const char *path; /* question, or "question | option": the rows of texts and options that are not blank; else
	                     the name */
	const char *import_id;            /* the platform's id; with a choice, "QID3|2"; NULL: no such row */
	const char *text;                 /* the question; "" where the export has no row of texts */
	const char *option;               /* "" where there is none */
	bool hidden;                      /* characters that cannot be seen were taken out of the name */
	const struct spss_variable *spss; /* NULL: a text file */
};

struct sheet_options {
	struct csv_options text; /* of text files; of SPSS files only bytes.encoding is used. delimiter 0 and encoding
	                            NULL: the platform's */
};

struct sheet;

/* Whether a cell is one of a row of import ids: the JSON that Qualtrics writes below its header. Some versions quote it
 * in the Python way. */
bool sheet_is_import_id(const char *cell);

/* Open and read the header. `platform` and `options` (which may be NULL) are borrowed for this call only. The caller
 * frees *sheet with sheet_close(); it is NULL where this fails. Refused: what csv_open and spss_open refuse; a damaged
 * header row; header rows that are not the platform's (header-rows: fewer than it has, or of different widths; an
 * import id row without import ids; import ids or tags in the records below the header; an SPSS file under a text
 * profile and the reverse); one column, or a damaged header, that another delimiter makes a table of (file-delimiter).
 * Headers are never echoed: they are answers where a header is lacking. */
bool sheet_open(struct sheet **sheet, const char *path, const struct platform *platform,
                const struct sheet_options *options, struct error *err);
void sheet_close(struct sheet *sheet); /* accepts NULL */

const struct sheet_column *sheet_columns(const struct sheet *sheet, size_t *count);
size_t sheet_header_line(const struct sheet *sheet);    /* where the row of names stands, or else the first; 0: SPSS */
size_t sheet_header_records(const struct sheet *sheet); /* how many records the header is; 0: SPSS */

/* Hand on each record below the header, damaged ones and those of another width too (after a trailing delimiter was
 * taken off, where the platform has them and the cell is empty). Once only. Where `take` returns false it is not called
 * again, and sheet_each returns false with what `take` left in err: it must set it. */
bool sheet_each(struct sheet *sheet, bool (*take)(const struct csv_record *record, void *data, struct error *err),
                void *data, struct error *err);

/* Complete after sheet_each. Of an SPSS file: records, and no lines. */
const struct csv_account *sheet_account(const struct sheet *sheet);

#endif
