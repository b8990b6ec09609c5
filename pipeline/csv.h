/* Delimited text as people have it, one record at a time.
 *
 * libcsv in strict mode over the file's text (bytes.h), fed one physical line at a time, so that every record knows the
 * line on which it starts, as a spreadsheet or an editor shows it. */
#ifndef CANVASS_CSV_H
#define CANVASS_CSV_H

#include "bytes.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct csv_reader;

/* A record. Valid until the next csv_read or csv_close. */
struct csv_record {
	size_t line;   /* physical line on which it starts, from 1 */
	size_t record; /* number among the file's records, the header being 1 */
	size_t count;
	const char *const *fields;   /* count texts, as they stood in the cell: blanks kept; never NULL */
	const bool *quoted_line_end; /* count flags: a line end stood inside the cell */

	/* Set instead of fields where the record cannot be read; count is then 0. One of these codes:
	 *   row-quote-open    a quote that is not closed where it should be, so that the record runs into later lines
	 *   row-quote-stray   a quote inside an unquoted cell, or text after a closing quote
	 *   row-length        a cell, the number of cells or the whole record over its limit
	 *   row-control-char  a NUL byte
	 * After the first three, only the record's first line is set aside and reading goes on with the next line, so
	 * that one quote cannot swallow respondents; the last leaves the quotes in order, and sets the whole record
	 * aside. */
	const char *damage;
};

enum {
	CSV_CELL_LIMIT = 65536,    /* bytes of a cell */
	CSV_FIELD_LIMIT = 20000,   /* cells of a record */
	CSV_RECORD_LIMIT = 1 << 22 /* bytes of a record, all its lines together */
};

/* What the whole file was like, complete at its end. Every line is skipped, blank, or of a record. */
struct csv_account {
	size_t lines, blank_lines;          /* blank: nothing but blanks where a record could begin; no record */
	size_t skipped;                     /* lines, of `lines`, above the table */
	size_t records, damaged;            /* records: the header and the damaged ones included */
	size_t ends_lf, ends_crlf, ends_cr; /* how records and blank lines end; not what stands inside a cell */
	struct bytes_account bytes;
};

struct csv_options {
	struct bytes_options bytes;
	char delimiter; /* 0: a comma */
	size_t skip;    /* lines before the first record that are no part of the table: they are counted, not read */
};

/* `options` may be NULL. What bytes_open refuses is refused here or at a csv_read. */
bool csv_open(struct csv_reader **reader, const char *path, const struct csv_options *options, struct error *err);

/* *more false at the end of the file. */
bool csv_read(struct csv_reader *reader, const struct csv_record **record, bool *more, struct error *err);

const struct csv_account *csv_account(const struct csv_reader *reader);
void csv_close(struct csv_reader *reader); /* accepts NULL */

#endif
