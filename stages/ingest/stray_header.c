#include "stray_header.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "mem.h"

struct stray_header {
	const struct columns *columns;
	const struct platform *platform;
	size_t key;         /* the cell of the study's key, from 1; 0: there is none */
	size_t next;        /* which of the header's rows would be next, after one was found again; 0: none was */
	const char **names; /* of all columns, sorted; blank ones are not among them */
	size_t name_count;
};

/* ---- the header again ---- */

static bool is_single(const struct platform *platform, const char *cell)
{
	for (unsigned i = 0; i < platform->single_count; i++)
		if (columns_alike(cell, platform->single[i]))
			return true;
	return false;
}

/* Whether a cell is what a row of the header has there. A blank is, in every row but that of the names. */
static bool is_header_cell(const struct stray_header *stray, enum platform_header kind, const char *cell, size_t at)
{
	const struct sheet_column *column = &stray->columns->sheet[at];
	size_t length;
	const char *text = answer_trim(cell, &length);
	if (length == 0 && kind != PLATFORM_HEADER_NAME)
		return true;
	switch (kind) {
	case PLATFORM_HEADER_NAME: return columns_alike(text, column->name);
	case PLATFORM_HEADER_TEXT: return columns_alike(text, column->text);
	case PLATFORM_HEADER_OPTION: return columns_alike(text, column->option) || is_single(stray->platform, text);
	case PLATFORM_HEADER_IMPORT_ID: return sheet_is_import_id(text);
	case PLATFORM_HEADER_TAGS: return *text == '#';
	}
	return false;
}

static bool is_header_row(const struct stray_header *stray, enum platform_header kind, const struct csv_record *record)
{
	bool any = false;
	for (size_t i = 0; i < record->count; i++) {
		if (!is_header_cell(stray, kind, record->fields[i], i))
			return false;
		any = any || *record->fields[i];
	}
	return any;
}

bool stray_header_is_again(struct stray_header *stray, const struct csv_record *record)
{
	static const enum platform_header plain[] = { PLATFORM_HEADER_NAME };
	const struct platform *platform = stray->platform;
	const enum platform_header *rows = platform->header_count ? platform->header : plain;
	size_t count = platform->header_count ? platform->header_count : COUNT(plain), at = stray->next;

	if (stray->columns->line == 0)
		return false;
	while (at > 0 && at < count && !is_header_row(stray, rows[at], record))
		at++;
	bool header = at > 0 && at < count;
	if (!header) {
		at = 0;
		header = is_header_row(stray, rows[0], record);
	}
	stray->next = header ? at + 1 : 0;
	return header;
}

/* ---- another header ---- */

static int compare_texts(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void sort_names(struct stray_header *stray)
{
	const struct columns *columns = stray->columns;
	stray->names = mem_alloc(columns->count, sizeof *stray->names);
	for (size_t i = 0; i < columns->count; i++)
		if (*columns->sheet[i].name)
			stray->names[stray->name_count++] = columns->sheet[i].name;
	if (stray->name_count > 0)
		mem_sort(stray->names, stray->name_count, sizeof *stray->names, compare_texts);
}

/* Numbers are answers, also where columns are named by them. */
static bool is_name(const struct stray_header *stray, const char *cell)
{
	return cell[strspn(cell, "0123456789.,-+ ")]
	       && bsearch(&cell, stray->names, stray->name_count, sizeof *stray->names, compare_texts);
}

/* Nobody's key is the name of a column. Without a key, every cell has to be one, as boxes may hold their own names. */
bool stray_header_is_other(const struct stray_header *stray, const struct csv_record *record)
{
	enum { LEAST_MOVED = 2 };
	size_t filled = 0, names = 0, moved = 0;
	if (stray->columns->line == 0 || (stray->key && !is_name(stray, record->fields[stray->key - 1])))
		return false;
	for (size_t i = 0; i < record->count && (stray->key || names == filled); i++) {
		const char *cell = record->fields[i];
		bool name = is_name(stray, cell);
		filled += *cell != '\0';
		names += name;
		moved += name && strcmp(cell, stray->columns->sheet[i].name) != 0;
	}
	return stray->key ? 2 * names > filled : names == filled && moved >= LEAST_MOVED;
}

struct stray_header *stray_header_new(const struct columns *columns, const struct platform *platform, size_t key)
{
	struct stray_header *stray = mem_alloc(1, sizeof *stray);
	*stray = (struct stray_header){ .columns = columns, .platform = platform, .key = key };
	sort_names(stray);
	return stray;
}

void stray_header_free(struct stray_header *stray)
{
	if (!stray)
		return;
	free((void *)stray->names);
	free(stray);
}
