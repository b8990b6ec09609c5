#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "text.h"

/* ---- names ---- */

static size_t skip(const char *text)
{
	size_t length = 0, hidden;
	for (;;) {
		if (text[length] && strchr(" \t\r\n\v\f", text[length]))
			length++;
		else if ((hidden = text_hidden(text + length)) > 0)
			length += hidden;
		else
			return length;
	}
}

bool columns_alike(const char *cell, const char *header)
{
	for (;; cell++, header++) {
		cell += skip(cell);
		header += skip(header);
		if (*cell != *header)
			return false;
		if (*cell == '\0')
			return true;
	}
}

static bool is_named(const struct sheet_column *column, const char *text)
{
	return strcmp(column->name, text) == 0 || strcmp(column->path, text) == 0
	       || (column->import_id && strcmp(column->import_id, text) == 0);
}

size_t columns_named(const struct columns *columns, const char *text, size_t *at)
{
	size_t count = 0;
	for (size_t i = columns->count; i-- > 0;)
		if (is_named(&columns->sheet[i], text)) {
			*at = i;
			count++;
		}
	return count;
}

bool columns_help_nearest(const struct columns *columns, const char *text, struct error *err)
{
	const char **names = mem_alloc(columns->count, sizeof *names);
	for (size_t i = 0; i < columns->count; i++)
		names[i] = columns->sheet[i].name;
	const char *nearest = text_nearest(text, names, columns->count);
	size_t at = 0;
	while (nearest && names[at] != nearest)
		at++;
	free(names);
	if (!nearest)
		return error_help(err, "give the column's header, letter by letter");
	return error_help(err, "column %zu comes near to it: give its header, letter by letter", at + 1);
}

/* ---- what a column is ---- */

bool column_is_box(const struct column *column)
{
	return column->header && column->header->option;
}

static void look_up_own(struct column *column, const struct platform *platform, const struct sheet_column *sheet)
{
	const struct platform_column *own = platform_own(platform, sheet->name, sheet->path, sheet->import_id);
	column->own = own != NULL;
	column->dropped = own && own->drop;
}

static bool is_kept(const struct study_export *export, const struct sheet_column *sheet)
{
	for (unsigned i = 0; i < export->keep_count; i++)
		if (is_named(sheet, export->keep[i]))
			return true;
	return false;
}

static bool refuse_dropped(const struct column *column, const struct source *source,
                           const struct dictionary *dictionary, struct error *err)
{
	const struct variable *variable = column->variable;
	const char *name = column->header ? column->header->header : variable->name;
	char *path = mem_print("%s/%s", dictionary->folder, column->header ? "headers.csv" : "variables.csv");
	error_at(err, ERROR_CONFIG, path, column->header ? column->header->line : variable->line,
	         "`%s` stands in a column that is dropped at the door: it tells who or where somebody is, as %s has it",
	         variable->name, source->platform->title);
	free(path);
	return error_help(err,
	                  "take it out of the dictionary; or, if the study needs it, add `keep: [%s]` to the export %s "
	                  "in the config",
	                  name, source->export->path);
}

static bool same_box(const struct column *a, const struct column *b)
{
	return column_is_box(a) && column_is_box(b) && strcmp(a->header->option, b->header->option) == 0;
}

/* One column for a variable, or a box for each of its options. */
static bool check_single(const struct columns *columns, size_t at, const char *path, struct error *err)
{
	const struct column *column = &columns->at[at];
	for (size_t i = 0; i < at; i++) {
		const struct column *before = &columns->at[i];
		if (before->variable != column->variable)
			continue;
		if (column_is_box(before) && column_is_box(column) && !same_box(before, column))
			continue;
		error_at(err, ERROR_INPUT, path, columns->line, "two columns hold `%s`", column->variable->name);
		error_code(err, "header-duplicate");
		error_record(err, "columns %zu and %zu", i + 1, at + 1);
		return error_help(err,
		                  "remove one from the export, give them different headers, or tell them apart by path "
		                  "or import id in headers.csv");
	}
	return true;
}

static bool match_one(struct columns *columns, size_t at, const struct source *source,
                      const struct dictionary *dictionary, const char *path, struct error *err)
{
	const struct sheet_column *sheet = &columns->sheet[at];
	struct column *column = &columns->at[at];
	const char *const names[HEADER_MATCH_COUNT] = {
		[HEADER_NAME] = sheet->name, [HEADER_PATH] = sheet->path, [HEADER_IMPORT_ID] = sheet->import_id
	};
	look_up_own(column, source->platform, sheet);
	column->dropped = column->dropped && !is_kept(source->export, sheet);
	if (column->dropped)
		columns->dropped[columns->dropped_count++] = at;
	column->variable = dictionary_header(dictionary, source->headers, names, &column->header);
	if (!column->variable)
		return true;
	if (column->dropped)
		return refuse_dropped(column, source, dictionary, err);
	size_t *cell = &columns->cells[column->variable - dictionary->variables];
	if (*cell > 0 && !check_single(columns, at, path, err))
		return false;
	if (*cell == 0)
		*cell = at + 1;
	return true;
}

/* ---- what cannot be done without ---- */

/* The header that the profile gives a variable in headers.csv, or the variable's own name. */
static const char *expected_header(const struct dictionary *dictionary, const char *profile,
                                   const struct variable *variable)
{
	for (size_t i = 0; i < dictionary->header_count; i++) {
		const struct header *row = &dictionary->headers[i];
		if (&dictionary->variables[row->variable] == variable && strcmp(row->profile, profile) == 0)
			return row->header;
	}
	return variable->name;
}

/* Whether a column is headed with the words of a variable that is looked for under another name. */
static bool has_words(const struct columns *columns, const struct variable *variable)
{
	for (size_t i = 0; i < columns->count; i++) {
		const char *name = columns->sheet[i].name;
		if (*name && (text_equal(name, variable->label) || text_equal(name, variable->question)))
			return true;
	}
	return false;
}

static bool refuse_words(const struct columns *columns, const char *profile, const char *path, const char *code,
                         struct error *err)
{
	error_at(err, ERROR_INPUT, path, columns->line,
	         "the columns are headed with labels, and the dictionary knows them by other names");
	error_code(err, code);
	return error_help(
		err,
		"export with the names of the variables as headings and not their labels, or add the labels to "
		"headers.csv under the profile `%s`",
		profile);
}

static bool refuse_unknown(const struct columns *columns, const struct source *source,
                           const struct dictionary *dictionary, const char *path, struct error *err)
{
	static const char code[] = "header-missing";
	bool own = source->platform->columns_count == 0;
	for (size_t i = 0; i < columns->count; i++)
		own = own || columns->at[i].own;
	for (size_t i = 0; i < dictionary->variable_count; i++)
		if (has_words(columns, &dictionary->variables[i]))
			return refuse_words(columns, source->headers, path, code, err);
	if (!own) {
		error_at(
			err, ERROR_INPUT, path, columns->line,
			"this is no export as %s writes it: none of that platform's own columns is here, and none that "
			"the dictionary names",
			source->platform->title);
		error_code(err, code);
		return error_help(err,
		                  "say in the config which platform wrote it; if it is that one, export again with the "
		                  "settings that docs/exports.md gives");
	}
	bool profile = false;
	for (size_t i = 0; i < dictionary->header_count; i++)
		profile = profile || strcmp(dictionary->headers[i].profile, source->headers) == 0;
	error_at(err, ERROR_INPUT, path, columns->line, "the dictionary knows no column of this file");
	error_code(err, code);
	if (!profile)
		return error_help(err,
		                  "headers.csv has no row of the profile `%s`: add its rows, or name the profile that "
		                  "they have with `headers` at this export in the config",
		                  source->headers);
	return error_help(
		err,
		"compare its header with the rows of the profile `%s` in headers.csv, letter by letter: is it the file "
		"of another survey?",
		source->headers);
}

/* Who somebody is, where the study has a key, and which area they belong to. */
static bool check_needed(const struct columns *columns, const struct source *source,
                         const struct dictionary *dictionary, const char *path, struct error *err)
{
	static const enum variable_role needed[] = { ROLE_KEY, ROLE_AREA };
	bool any = false;
	for (size_t i = 0; i < columns->count; i++)
		any = any || columns->at[i].variable;
	if (!any)
		return refuse_unknown(columns, source, dictionary, path, err);
	for (size_t i = 0; i < COUNT(needed); i++) {
		const struct variable *variable = dictionary_role(dictionary, needed[i]);
		if (!variable || columns->cells[variable - dictionary->variables] || source_fixed(source, variable))
			continue;
		if (has_words(columns, variable))
			return refuse_words(columns, source->headers, path, "header-column-missing", err);
		error_at(err, ERROR_INPUT, path, columns->line, "no column holds `%s`, the study's %s", variable->name,
		         variable_role_word(needed[i]));
		error_code(err, "header-column-missing");
		const char *more = needed[i] == ROLE_AREA ? "; if every row is of one area, say so in the config" : "";
		return error_help(err,
		                  "it should be headed `%s`, letter by letter; if it goes by another name, add that to "
		                  "headers.csv under the profile `%s`%s",
		                  expected_header(dictionary, source->headers, variable), source->headers, more);
	}
	return true;
}

/* What the config says of every row, the rows must not say themselves: one of the two would be passed over. */
static bool check_fixed(const struct columns *columns, const struct source *source, const struct dictionary *dictionary,
                        struct error *err)
{
	const struct variable *const fixed[] = { source->area, source->wave };
	for (size_t i = 0; i < COUNT(fixed); i++) {
		if (!fixed[i] || columns->cells[fixed[i] - dictionary->variables] == 0)
			continue;
		error_at(err, ERROR_CONFIG, source->study_path, 0,
		         "the export %s has a column for `%s`, and the config gives its %s too", source->export->path,
		         fixed[i]->name, variable_role_word(fixed[i]->role));
		return error_help(err, "take `%s` from this export in the config: the column says it of each row",
		                  variable_role_word(fixed[i]->role));
	}
	return true;
}

static bool check_kept(const struct columns *columns, const struct source *source, struct error *err)
{
	const struct study_export *export = source->export;
	for (unsigned i = 0; i < export->keep_count; i++) {
		size_t at;
		if (columns_named(columns, export->keep[i], &at) > 0)
			continue;
		error_at(err, ERROR_CONFIG, source->study_path, 0, "the export %s has no column `%s` to keep",
		         export->path, export->keep[i]);
		return columns_help_nearest(columns, export->keep[i], err);
	}
	return true;
}

bool columns_match(struct columns *columns, const struct source *source, const struct sheet *sheet,
                   const struct dictionary *dictionary, const char *path, struct error *err)
{
	*columns = (struct columns){ .line = sheet_header_line(sheet), .record = sheet_header_records(sheet) > 0 };
	columns->sheet = sheet_columns(sheet, &columns->count);
	columns->at = mem_alloc(columns->count, sizeof *columns->at);
	columns->cells = mem_alloc(dictionary->variable_count, sizeof *columns->cells);
	columns->dropped = mem_alloc(columns->count, sizeof *columns->dropped);
	for (size_t i = 0; i < columns->count; i++)
		if (!match_one(columns, i, source, dictionary, path, err))
			return false;
	return check_needed(columns, source, dictionary, path, err) && check_fixed(columns, source, dictionary, err)
	       && check_kept(columns, source, err);
}

void columns_free(struct columns *columns)
{
	free(columns->at);
	free(columns->cells);
	free(columns->dropped);
	*columns = (struct columns){ 0 };
}

bool columns_store(const struct columns *columns, const struct source *source, struct store *store, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, sql_ingest_header, err);
	for (size_t i = 0; ok && i < columns->count; i++) {
		const struct column *column = &columns->at[i];
		store_bind_integer(insert, ":source", source->number);
		store_bind_integer(insert, ":position", (long long)i + 1);
		store_bind_text(insert, ":header", columns->sheet[i].name);
		store_bind_text(insert, ":text", columns->sheet[i].text);
		store_bind_text(insert, ":variable", column->variable ? column->variable->name : NULL);
		store_bind_text(insert, ":option", column_is_box(column) ? column->header->option : NULL);
		store_bind_integer(insert, ":dropped", column->dropped);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

void columns_count_dropped(struct columns *columns, const struct csv_record *record)
{
	for (size_t i = 0; i < columns->dropped_count; i++)
		columns->at[columns->dropped[i]].present += !text_is_blank(record->fields[columns->dropped[i]]);
}
