#include "csv_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

struct csv_table {
	char *path;
	struct mem_arena *texts;
	size_t column_count;
	size_t *places;     /* of each column among the file's fields, from 1; 0: the file has no such column */
	const char **cells; /* column_count for each row */
	size_t cell_count, cell_capacity;
	size_t *lines;
	size_t row_count, row_capacity;
};

/* --- rows, of tables that others read too --- */

bool csv_table_row_is_blank(const struct csv_record *record)
{
	for (size_t i = 0; i < record->count; i++)
		if (!text_is_blank(record->fields[i]))
			return false;
	return true;
}

static const struct {
	const char *damage, *words, *help;
} damages[] = {
	{ "row-quote-open", "a quote is opened here and not closed",
	  "close it, and double each quote inside a quoted cell" },
	{ "row-quote-stray", "a quote stands where none may stand",
	  "quote the whole cell, and double each quote inside it; a file whose cells are parted by semicolons is saved "
	  "again with commas" },
	{ "row-length", "a cell or the row is too long", "shorten it; if nobody edited the file, download it again" },
	{ "row-control-char", "a NUL byte stands in the row",
	  "remove it; if nobody edited the file, download it again, as CSV" },
};

bool csv_table_row_check(const char *path, const struct csv_record *record, size_t width, struct error *err)
{
	if (record->damage) {
		size_t i = 0;
		while (i + 1 < COUNT(damages) && strcmp(damages[i].damage, record->damage) != 0)
			i++;
		error_at(err, ERROR_INPUT, path, record->line, "%s", damages[i].words);
		error_code(err, record->damage);
		return error_help(err, "%s", damages[i].help);
	}
	if (width == 0 || record->count == width || csv_table_row_is_blank(record))
		return true;
	error_at(err, ERROR_INPUT, path, record->line, "this row has %zu cells, the header has %zu", record->count,
	         width);
	return error_help(err, "a cell that holds a comma stands between quotes; download the file again if nobody "
	                       "edited it");
}

/* --- a table with columns of ours --- */

/* The cell without the blanks round it; `buffer` is reused. */
static const char *trimmed(struct text *buffer, const char *cell)
{
	cell += strspn(cell, " \t\r\n\v\f");
	size_t length = strlen(cell);
	while (length > 0 && strchr(" \t\r\n\v\f", cell[length - 1]))
		length--;
	buffer->length = 0;
	text_add_bytes(buffer, cell, length);
	return buffer->bytes;
}

static bool read_header(struct csv_table *table, const struct csv_record *header, const char *const *columns,
                        struct text *buffer, struct error *err)
{
	for (size_t i = 0; i < header->count; i++) {
		const char *name = trimmed(buffer, header->fields[i]);
		size_t column = 0;
		while (column < table->column_count && strcmp(columns[column], name) != 0)
			column++;
		if (column == table->column_count && strncmp(name, "note", 4) == 0)
			continue;
		if (column < table->column_count && table->places[column] == 0) {
			table->places[column] = i + 1;
			continue;
		}
		if (column < table->column_count)
			error_at(err, ERROR_CONFIG, table->path, header->line, "two columns are named `%s`", name);
		else if (*name == '\0')
			error_at(err, ERROR_CONFIG, table->path, header->line, "column %zu has no name", i + 1);
		else
			error_at(err, ERROR_CONFIG, table->path, header->line, "no column here is named `%s`", name);
		error_record(err, "column %zu", i + 1);
		const char *nearest = text_nearest(name, columns, table->column_count);
		if (column < table->column_count)
			return error_help(err, "remove one of them");
		if (header->count == 1 && strpbrk(name, ";\t"))
			return error_help(err,
			                  "%s stand between the cells, as some spreadsheets save them: save the "
			                  "file as CSV with commas",
			                  strchr(name, ';') ? "semicolons" : "tabs");
		if (nearest)
			return error_help(err, "did you mean `%s`? Columns of your own begin with `note`", nearest);
		return error_help(err, "columns of your own begin with `note`");
	}
	return true;
}

static void add_row(struct csv_table *table, const struct csv_record *record, struct text *buffer)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const char *cell = table->places[i] ? trimmed(buffer, record->fields[table->places[i] - 1]) : "";
		table->cells = mem_grow(table->cells, table->cell_count, &table->cell_capacity, sizeof *table->cells);
		table->cells[table->cell_count++] = *cell ? mem_arena_copy(table->texts, cell) : "";
	}
	table->lines = mem_grow(table->lines, table->row_count, &table->row_capacity, sizeof *table->lines);
	table->lines[table->row_count++] = record->line;
}

static bool read_table(struct csv_table *table, struct csv_reader *reader, const char *const *columns,
                       struct text *buffer, struct error *err)
{
	size_t width = 0;
	for (;;) {
		const struct csv_record *record;
		bool more;
		if (!csv_read(reader, &record, &more, err))
			return false;
		if (!more)
			return true;
		if (!csv_table_row_check(table->path, record, width, err))
			return false;
		if (width == 0 && !read_header(table, record, columns, buffer, err))
			return false;
		if (width > 0 && !csv_table_row_is_blank(record))
			add_row(table, record, buffer);
		width = record->record == 1 ? record->count : width;
	}
}

/* The reader speaks of exports, which a study's config describes; of a table, nothing is declared. */
static void speak_of_table(struct error *err, const char *first_column)
{
	if (err->kind == ERROR_INPUT)
		err->kind = ERROR_CONFIG;
	if (strcmp(err->code, "file-empty") == 0)
		snprintf(err->help, sizeof err->help, "its first line must name the columns, beginning with %s",
		         first_column);
	else if (strcmp(err->code, "file-encoding") == 0)
		snprintf(err->help, sizeof err->help, "%s",
		         "save the file as `CSV UTF-8`: spreadsheets that are not told so write accented letters in "
		         "Windows-1252");
}

bool csv_table_load(struct csv_table **loaded, const char *path, const char *const *columns, size_t column_count,
                    struct error *err)
{
	struct csv_table *table = mem_alloc(1, sizeof *table);
	table->path = mem_copy_text(path);
	table->texts = mem_arena_new();
	table->column_count = column_count;
	table->places = mem_alloc(column_count, sizeof *table->places);
	struct csv_reader *reader = NULL;
	struct text buffer = { 0 };
	bool ok = csv_open(&reader, path, NULL, err) && read_table(table, reader, columns, &buffer, err);
	text_free(&buffer);
	csv_close(reader);
	if (!ok) {
		speak_of_table(err, columns[0]);
		csv_table_free(table);
		table = NULL;
	}
	*loaded = table;
	return ok;
}

size_t csv_table_rows(const struct csv_table *table)
{
	return table->row_count;
}

size_t csv_table_line(const struct csv_table *table, size_t row)
{
	return table->lines[row];
}

const char *csv_table_cell(const struct csv_table *table, size_t row, size_t column)
{
	return table->cells[row * table->column_count + column];
}

const char *csv_table_path(const struct csv_table *table)
{
	return table->path;
}

void csv_table_free(struct csv_table *table)
{
	if (!table)
		return;
	free(table->path);
	mem_arena_free(table->texts);
	free(table->places);
	free(table->cells);
	free(table->lines);
	free(table);
}
