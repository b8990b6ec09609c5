/* A small CSV table of the project's own: data dictionary, decisions, places. */
#ifndef CANVASS_CSV_TABLE_H
#define CANVASS_CSV_TABLE_H

#include "csv.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct csv_table;

/* The header row names the columns, each of which must be among `columns`, or start with "note". Any damage is an
 * ERROR_CONFIG. Empty rows are passed over. The caller frees *table with csv_table_free(). */
bool csv_table_load(struct csv_table **table, const char *path, const char *const *columns, size_t column_count,
                    struct error *err);
size_t csv_table_rows(const struct csv_table *table);
size_t csv_table_line(const struct csv_table *table, size_t row);

/* The cell, trimmed of blanks; "" where it is empty or the file has no such column. `column` indexes `columns`. */
const char *csv_table_cell(const struct csv_table *table, size_t row, size_t column);
const char *csv_table_path(const struct csv_table *table);
void csv_table_free(struct csv_table *table); /* accepts NULL */

/* What any reader of tables asks of a row: whether it holds nothing; and that it is not damaged, and has as many cells
 * as the header (`width`, 0: any number) unless it holds nothing. Else an ERROR_INPUT. */
bool csv_table_row_is_blank(const struct csv_record *record);
bool csv_table_row_check(const char *path, const struct csv_record *record, size_t width, struct error *err);

#endif
