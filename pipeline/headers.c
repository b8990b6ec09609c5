#include "headers.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "name_index.h"
#include "reading.h"

struct headers {
	const struct variables *variables; /* borrowed */
	const struct code_lists *lists;    /* borrowed */
	struct header *items;
	size_t count;
	struct name_index *rows;   /* by profile, match and header */
	struct name_index *mapped; /* the first by profile and variable; each by profile, variable and option */
	struct mem_arena *arena;
};

enum { H_HEADERS, H_MATCH, H_HEADER, H_OPTION, H_VARIABLE, H_VALUES, H_TICKED, H_UNTICKED };
const char *const headers_columns[HEADERS_COLUMNS] = { "headers",  "match",  "header", "option",
	                                               "variable", "values", "ticked", "unticked" };
static const char *const match_words[HEADER_MATCH_COUNT] = {
	[HEADER_NAME] = "name",
	[HEADER_PATH] = "path",
	[HEADER_IMPORT_ID] = "import-id",
};

/* Where two rows fit one column, the platform's id goes before its words, and these before its place in the file. */
static const enum header_match steadiest[] = { HEADER_IMPORT_ID, HEADER_PATH, HEADER_NAME };

/* Both are freed with free(). */
static char *header_key(const char *profile, enum header_match match, const char *header)
{
	return mem_print("%s\x1f%s\x1f%s", profile, match_words[match], header);
}

static char *mapped_key(const char *profile, const char *variable, const char *option)
{
	return mem_print("%s\x1f%s\x1f%s", profile, variable, option ? option : "");
}

/* Frees the key. The first row of a key stays. */
static void keep_key(struct headers *headers, struct name_index **all, char *key, size_t index)
{
	if (!name_index_find(*all, key))
		name_index_add(all, mem_arena_copy(headers->arena, key), index);
	free(key);
}

/* A code as it stands in the first column of codes.csv, of the variable's list or the list any. */
static const struct code *stated_code(const struct headers *headers, const struct variable *variable, const char *word)
{
	const struct code_list *lists[] = { variable->codes, code_lists_any(headers->lists) };
	const struct code *code = NULL;
	for (size_t l = 0; l < COUNT(lists) && !code; l++)
		code = lists[l] ? code_list_find(lists[l], word) : NULL;
	return code;
}

static bool no_such_code(const struct variable *variable, const char *word, const struct reading *in)
{
	const char *near = variable->codes ? code_list_near(variable->codes, word) : NULL;
	reading_fault(in, "`%s` is no code of `%s`", word, variable->name);
	if (near)
		return error_help(in->err, "did you mean %s?", near);
	return error_help(in->err, "see the codes of its list, and of the list any, in codes.csv");
}

/* Boxes become one cell, so that what a text in one of them stands for must hold in all, and be no option by itself. */
static bool check_box_value(const struct headers *headers, const struct header *row, const struct variable *variable,
                            const struct header_value *value, const struct reading *in)
{
	const struct code *code = stated_code(headers, variable, value->code);
	if (strcmp(value->code, row->option) == 0)
		return true;
	if (code->missing == MISSING_NONE) {
		reading_fault(in, "the box of `%s` holds `%s`, another option", row->option, value->code);
		return error_help(in->err, "values of a box are the option itself, or missing codes");
	}
	const struct code *option = code_lists_spelt(headers->lists, variable->codes, value->exported);
	if (option && option != code) {
		reading_fault(in,
		              "`%s` in a box of `%s` would be missing, and is an option or another reason elsewhere",
		              value->exported, variable->name);
		return error_help(in->err,
		                  "give that option another code in codes.csv: boxes are found by their columns");
	}
	for (const struct header *other = headers->items; other < row; other++)
		for (size_t i = 0; other->variable == row->variable && i < other->value_count; i++)
			if (strcmp(other->profile, row->profile) == 0
			    && strcmp(other->values[i].exported, value->exported) == 0
			    && strcmp(other->values[i].code, value->code) != 0
			    && strcmp(other->values[i].code, other->option) != 0)
				return reading_fault(in, "`%s` stands for different codes in two boxes of `%s`",
				                     value->exported, variable->name);
	return true;
}

/* The same number written otherwise, 999.0 for 999, would be an answer. */
static bool check_value(const struct headers *headers, const struct header *row, const struct variable *variable,
                        const struct header_value *value, const struct reading *in)
{
	if (row->option)
		return check_box_value(headers, row, variable, value, in);
	return !variable_may_be(variable, value->exported)
	       || reading_fault(in,
	                        "`%s` is missing here, and inside the min and max of `%s`: give min and max that leave "
	                        "it out",
	                        value->exported, variable->name);
}

/* "1=yes; 2=no": what the column holds, and which code that is. The last = counts, as the text may hold others. */
static bool read_values(struct header *row, const struct headers *headers, const struct variable *variable,
                        const struct reading *in)
{
	char *rest = mem_arena_copy(headers->arena, csv_table_cell(in->table, in->row, H_VALUES));
	struct header_value *values = NULL;
	size_t capacity = 0;
	for (char *part; (part = strtok_r(rest, ";", &rest));) {
		char *equals = strrchr(part, '=');
		if (!*reading_trim(part) && !equals)
			continue;
		if (equals)
			*equals = '\0';
		char *exported = reading_trim(part), *word = equals ? reading_trim(equals + 1) : exported;
		if (!equals || !*exported || !*word) {
			reading_fault(in, "`%s`: values are what the column holds and which code that is",
			              variable->name);
			return error_help(in->err, "write them as 1=yes; 2=no, with a semicolon between");
		}
		const struct code *code = stated_code(headers, variable, word);
		if (!code)
			return no_such_code(variable, word, in);
		for (size_t i = 0; i < row->value_count; i++)
			if (strcmp(row->values[i].exported, exported) == 0)
				return reading_fault(in, "`%s` stands for two codes in one column", exported);
		row->values = values = mem_grow(values, row->value_count, &capacity, sizeof *values);
		values[row->value_count++] = (struct header_value){ exported, code->code };
		if (!check_value(headers, row, variable, &values[row->value_count - 1], in))
			return false;
	}
	return true;
}

/* A question that takes several answers has a row for each of its boxes; any other variable one row a profile. */
static bool check_box(const struct headers *headers, const struct header *row, const struct variable *variable,
                      const struct reading *in)
{
	char *any = mapped_key(row->profile, variable->name, NULL);
	char *own = mapped_key(row->profile, variable->name, row->option);
	const size_t *first = name_index_find(headers->mapped, any);
	bool twice = name_index_find(headers->mapped, own) != NULL;
	bool mixed = first && !headers->items[*first].option != !row->option;
	free(any);
	free(own);
	if (row->option && variable->type != VARIABLE_CODES)
		return reading_fault(in, "`%s` is not of type codes, and so has no boxes: option must be empty",
		                     variable->name);
	if (row->option && !code_list_find(variable->codes, row->option))
		return no_such_code(variable, row->option, in);
	if (!row->option && (row->ticked || row->unticked))
		return reading_fault(in, "ticked and unticked are of boxes, and this row has no option");
	if (mixed || (twice && !row->option)) {
		reading_fault(in, "a second row of the profile `%s` for `%s`", row->profile, variable->name);
		return error_help(in->err, "a variable has one column, or a column for each option under `option`");
	}
	if (row->ticked && row->unticked && strcmp(row->ticked, row->unticked) == 0)
		return reading_fault(in, "the box of `%s` looks the same ticked and unticked", row->option);
	return !twice || reading_fault(in, "the box of `%s` is named twice for one profile", row->option);
}

static bool no_such_variable(const struct headers *headers, const char *name, const struct reading *in)
{
	const char *near = variables_nearest(headers->variables, name);
	reading_fault(in, "variables.csv has no variable `%s`", name);
	return near ? error_help(in->err, "did you mean %s?", near) : false;
}

static bool read_header(struct headers *headers, struct header *row, const struct reading *in)
{
	const char *cells[HEADERS_COLUMNS];
	int match = 0;
	for (size_t c = 0; c < HEADERS_COLUMNS; c++)
		cells[c] = csv_table_cell(in->table, in->row, c);
	if (!*cells[H_HEADERS] || !*cells[H_HEADER])
		return reading_fault(in, "a row needs the profile in headers and the text in header");
	if (*cells[H_MATCH] && !reading_word(&match, in, "match", cells[H_MATCH], match_words, COUNT(match_words)))
		return false;
	const struct variable *variable = variables_find(headers->variables, cells[H_VARIABLE]);
	if (!variable)
		return no_such_variable(headers, cells[H_VARIABLE], in);
	*row = (struct header){
		.profile = cells[H_HEADERS],
		.header = cells[H_HEADER],
		.match = (enum header_match)match,
		.variable = (size_t)(variable - headers->variables->items),
		.option = reading_or_null(cells[H_OPTION]),
		.ticked = reading_or_null(cells[H_TICKED]),
		.unticked = reading_or_null(cells[H_UNTICKED]),
		.line = csv_table_line(in->table, in->row),
	};
	size_t index = headers->count++; /* from here on headers_free releases its values */
	char *key = header_key(row->profile, row->match, row->header);
	bool twice = name_index_find(headers->rows, key) != NULL;
	keep_key(headers, &headers->rows, key, index);
	if (twice)
		return reading_fault(in, "the header `%s` is named twice for one profile", row->header);
	if (!check_box(headers, row, variable, in) || !read_values(row, headers, variable, in))
		return false;
	keep_key(headers, &headers->mapped, mapped_key(row->profile, variable->name, NULL), index);
	keep_key(headers, &headers->mapped, mapped_key(row->profile, variable->name, row->option), index);
	return true;
}

bool headers_load(struct headers **headers, const struct csv_table *table, const struct variables *variables,
                  const struct code_lists *lists, struct error *err)
{
	struct headers *loaded = mem_alloc(1, sizeof *loaded);
	*loaded = (struct headers){
		.variables = variables,
		.lists = lists,
		.items = mem_alloc(csv_table_rows(table), sizeof *loaded->items),
		.arena = mem_arena_new(),
	};
	struct reading in = { table, 0, err };
	for (in.row = 0; in.row < csv_table_rows(table); in.row++) {
		if (!read_header(loaded, &loaded->items[in.row], &in)) {
			headers_free(loaded);
			return false;
		}
	}
	*headers = loaded;
	return true;
}

void headers_free(struct headers *headers)
{
	if (!headers)
		return;
	for (size_t i = 0; i < headers->count; i++)
		free((void *)headers->items[i].values);
	free(headers->items);
	name_index_free(headers->rows);
	name_index_free(headers->mapped);
	mem_arena_free(headers->arena);
	free(headers);
}

const struct header *headers_all(const struct headers *headers, size_t *count)
{
	*count = headers->count;
	return headers->items;
}

const struct header *headers_find(const struct headers *headers, const char *profile,
                                  const char *const names[HEADER_MATCH_COUNT])
{
	for (size_t i = 0; i < COUNT(steadiest); i++) {
		const char *name = names[steadiest[i]];
		char *key = name ? header_key(profile, steadiest[i], name) : NULL;
		const size_t *found = key ? name_index_find(headers->rows, key) : NULL;
		free(key);
		if (found)
			return &headers->items[*found];
	}
	return NULL;
}

bool headers_name(const struct headers *headers, const char *profile, const char *variable)
{
	char *key = mapped_key(profile, variable, NULL);
	bool named = name_index_find(headers->mapped, key) != NULL;
	free(key);
	return named;
}
