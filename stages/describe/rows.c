#include "rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "csv.h"
#include "csv_table.h"
#include "mem.h"
#include "text.h"

struct rows {
	char *path;
	const char *what;
	struct csv_reader *reader;
	size_t width; /* of the header; 0: there is none */
	size_t line, header_line;
	char **headers, **names; /* width of each: as they stand, and as they are compared */
	char **cells;            /* count of the current row */
	size_t count;
};

static char *trimmed(const char *cell)
{
	size_t length = 0;
	const char *text = answer_trim(cell, &length);
	return mem_copy_bytes(text, length);
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* What rows_column compares. */
static char *compared(const char *header)
{
	char *name = mem_alloc(strlen(header) + 1, 1);
	size_t length = 0;
	for (; *header; header++) {
		char small = *header >= 'A' && *header <= 'Z' ? (char)(*header + ('a' - 'A')) : *header;
		if (is_plain(small))
			name[length++] = small;
		else if (length > 0 && name[length - 1] != '_')
			name[length++] = '_';
	}
	if (length > 0 && name[length - 1] == '_')
		length--;
	name[length] = '\0';
	return name;
}

static void free_texts(char **texts, size_t count)
{
	for (size_t i = 0; texts && i < count; i++)
		free(texts[i]);
	free(texts);
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	csv_close(rows->reader);
	free_texts(rows->headers, rows->width);
	free_texts(rows->names, rows->width);
	free_texts(rows->cells, rows->count);
	free(rows->path);
	free(rows);
}

/* Take the record's cells as the current row. */
static void take_cells(struct rows *rows, const struct csv_record *record)
{
	free_texts(rows->cells, rows->count);
	rows->cells = mem_alloc(record->count, sizeof *rows->cells);
	rows->count = record->count;
	rows->line = record->line;
	for (size_t i = 0; i < record->count; i++)
		rows->cells[i] = trimmed(record->fields[i]);
}

static bool read_header(struct rows *rows, struct error *err)
{
	const struct csv_record *record;
	bool more;
	if (!csv_read(rows->reader, &record, &more, err) || !csv_table_row_check(rows->path, record, 0, err))
		return false; /* an empty file is refused there */
	rows->width = record->count;
	rows->line = rows->header_line = record->line;
	rows->headers = mem_alloc(rows->width, sizeof *rows->headers);
	rows->names = mem_alloc(rows->width, sizeof *rows->names);
	for (size_t i = 0; i < rows->width; i++) {
		rows->headers[i] = trimmed(record->fields[i]);
		rows->names[i] = compared(rows->headers[i]);
	}
	return true;
}

bool rows_open(struct rows **opened, const char *path, const char *what, bool header, struct error *err)
{
	struct rows *rows = mem_alloc(1, sizeof *rows);
	rows->path = mem_copy_text(path);
	rows->what = what;
	*opened = rows;
	if (csv_open(&rows->reader, path, NULL, err) && (!header || read_header(rows, err)))
		return true;
	rows_close(rows);
	*opened = NULL;
	return false;
}

static size_t find_column(const struct rows *rows, const char *name, bool whole)
{
	for (size_t i = 0; i < rows->width; i++)
		if (whole ? strcmp(rows->names[i], name) == 0 : strncmp(rows->names[i], name, strlen(name)) == 0)
			return i + 1;
	return 0;
}

size_t rows_column(const struct rows *rows, const char *begin)
{
	return find_column(rows, begin, false);
}

size_t rows_column_named(const struct rows *rows, const char *name)
{
	return find_column(rows, name, true);
}

const char *rows_header(const struct rows *rows, size_t column)
{
	return rows->headers[column - 1];
}

size_t rows_width(const struct rows *rows)
{
	return rows->width ? rows->width : rows->count;
}

bool rows_next(struct rows *rows, bool *more, struct error *err)
{
	for (;;) {
		const struct csv_record *record;
		if (!csv_read(rows->reader, &record, more, err))
			return false;
		if (!*more)
			return true;
		if (!csv_table_row_check(rows->path, record, rows->width, err))
			return false;
		if (csv_table_row_is_blank(record))
			continue;
		take_cells(rows, record);
		return true;
	}
}

const char *rows_cell(const struct rows *rows, size_t column)
{
	return column > 0 && column <= rows->count ? rows->cells[column - 1] : "";
}

size_t rows_line(const struct rows *rows)
{
	return rows->line;
}

bool rows_fault(const struct rows *rows, struct error *err, const char *format, ...)
{
	char message[sizeof err->message];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	return error_at(err, ERROR_INPUT, rows->path, rows->line, "%s", message);
}

bool rows_refuse(const struct rows *rows, struct error *err, const char *lacks, const char *help)
{
	error_at(err, ERROR_INPUT, rows->path, rows->header_line, "this is not %s: no column is named %s", rows->what,
	         lacks);
	if (rows->width == 1 && strpbrk(rows->headers[0], ";\t"))
		return error_help(err, "its cells are not parted by commas: save it as CSV with commas");
	return error_help(err, "%s", help);
}
