/* Comma-separated files as people have them, one record at a time.
 *
 * libcsv in strict mode over zlib, fed one physical line at a time, so that every record knows the line on which it
 * starts, as a spreadsheet or an editor shows it. Plain and gzip alike, a UTF-8 byte order mark skipped. */
#ifndef CANVASS_CSV_H
#define CANVASS_CSV_H

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
	 *   row-encoding      bytes that are no UTF-8
	 * After the first three, only the record's first line is set aside and reading goes on with the next line, so
	 * that one quote cannot swallow respondents; the last two leave the quotes in order, and set the whole record
	 * aside. */
	const char *damage;
};

enum {
	CSV_CELL_LIMIT = 65536,    /* bytes of a cell */
	CSV_FIELD_LIMIT = 20000,   /* cells of a record */
	CSV_RECORD_LIMIT = 1 << 22 /* bytes of a record, all its lines together */
};

/* What the whole file was like, complete at its end. Every line is blank, or of a record. */
struct csv_account {
	size_t lines, blank_lines;          /* blank: nothing but blanks where a record could begin; no record */
	size_t records, damaged;            /* records: the header and the damaged ones included */
	size_t ends_lf, ends_crlf, ends_cr; /* how records and blank lines end; not what stands inside a cell */
	bool byte_order_mark, gzip;
};

/* A file that is empty, missing, no text (zip, xlsx, sav), or UTF-16 is refused here or at the first csv_read, with a
 * file- code and what to do. */
bool csv_open(struct csv_reader **reader, const char *path, char delimiter, struct error *err);

/* *more false at the end of the file. A truncated or corrupt gzip is an error at the place where it shows. */
bool csv_read(struct csv_reader *reader, const struct csv_record **record, bool *more, struct error *err);

const struct csv_account *csv_account(const struct csv_reader *reader);
void csv_close(struct csv_reader *reader); /* accepts NULL */

/* A small table of the project's own (dictionary, decisions): the header row names the columns, each of which must be
 * among `columns`, or start with "note". Any damage is an error with ERROR_CONFIG. Empty rows are passed over. */
struct csv_table;

bool csv_table_load(struct csv_table **table, const char *path, const char *const *columns, size_t column_count,
                    struct error *err);
size_t csv_table_rows(const struct csv_table *table);
size_t csv_table_line(const struct csv_table *table, size_t row);

/* The cell, trimmed of blanks; "" where it is empty or the file has no such column. `column` indexes `columns`. */
const char *csv_table_cell(const struct csv_table *table, size_t row, size_t column);
const char *csv_table_path(const struct csv_table *table);
void csv_table_free(struct csv_table *table);

#endif
