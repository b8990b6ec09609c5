/* A platform's own dictionary as rows: a CSV file whose columns are found by what their headers say. */
#ifndef DESCRIBE_ROWS_H
#define DESCRIBE_ROWS_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct rows;

/* `what` says in a message what the file should be: "a REDCap data dictionary". With `header`, its first record names
 * the columns, and every row has as many cells. The caller frees *rows with rows_close(). */
bool rows_open(struct rows **rows, const char *path, const char *what, bool header, struct error *err);
void rows_close(struct rows *rows); /* accepts NULL */

/* The column, from 1, whose header begins with `begin`; 0: none. Headers are compared in small letters, with _ for
 * whatever stands between letters and digits: "Identifier?" is identifier, "Text Validation Min" text_validation_min.
 */
size_t rows_column(const struct rows *rows, const char *begin);

/* The same, but for the whole of the header. */
size_t rows_column_named(const struct rows *rows, const char *name);

/* The header as it stands, of a column from 1 to rows_width(). */
const char *rows_header(const struct rows *rows, size_t column);
size_t rows_width(const struct rows *rows); /* cells of the header; without one, of the current row */

/* The next row that is not empty; *more false at the end. A damaged row is an ERROR_INPUT. */
bool rows_next(struct rows *rows, bool *more, struct error *err);

/* Of the current row, without the blanks around it; "" for column 0, empty cells, and columns behind the last. Valid
 * until the next rows_next. */
const char *rows_cell(const struct rows *rows, size_t column);
size_t rows_line(const struct rows *rows);

/* Refuse: at the current row, or as a file that is no `what`, for lack of a column, with what it seems to be. Both
 * return false. */
bool rows_fault(const struct rows *rows, struct error *err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool rows_refuse(const struct rows *rows, struct error *err, const char *lacks, const char *help);

#endif
