#include "contents.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "number.h"
#include "text.h"

static const char *column_text(const struct contents *contents, sqlite3_stmt *select, int column)
{
	return mem_arena_copy(contents->strings, (const char *)sqlite3_column_text(select, column));
}

static bool column_number(double *number, sqlite3_stmt *select, int column)
{
	*number = sqlite3_column_double(select, column);
	return sqlite3_column_type(select, column) != SQLITE_NULL;
}

/* --- what the file is --- */

static bool load_items(struct contents *contents, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok = store_prepare(&select, contents->store, "SELECT item, value FROM file ORDER BY item", err)
	          && store_step(contents->store, select, &row, err);
	while (ok && row) {
		contents->items = mem_grow(contents->items, contents->item_count, &capacity, sizeof *contents->items);
		contents->items[contents->item_count++] =
			(struct contents_item){ column_text(contents, select, 0), column_text(contents, select, 1) };
		ok = store_step(contents->store, select, &row, err);
	}
	sqlite3_finalize(select);
	return ok;
}

static bool load_subsets(struct contents *contents, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok = store_prepare(&select, contents->store, sql_deposit_subsets, err)
	          && store_step(contents->store, select, &row, err);
	while (ok && row) {
		contents->subsets =
			mem_grow(contents->subsets, contents->subset_count, &capacity, sizeof *contents->subsets);
		contents->subsets[contents->subset_count++] =
			(struct contents_subset){ sqlite3_column_int(select, 0), sqlite3_column_int(select, 1) };
		ok = store_step(contents->store, select, &row, err);
	}
	sqlite3_finalize(select);
	return ok;
}

static bool load_left_out(struct contents *contents, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok = store_prepare(&select, contents->store, "SELECT variable FROM held_back ORDER BY variable", err)
	          && store_step(contents->store, select, &row, err);
	while (ok && row) {
		contents->left_out =
			mem_grow(contents->left_out, contents->left_out_count, &capacity, sizeof *contents->left_out);
		contents->left_out[contents->left_out_count++] = column_text(contents, select, 0);
		ok = store_step(contents->store, select, &row, err);
	}
	sqlite3_finalize(select);
	return ok;
}

const char *contents_item(const struct contents *contents, const char *item)
{
	for (size_t i = 0; i < contents->item_count; i++)
		if (strcmp(contents->items[i].item, item) == 0)
			return contents->items[i].value;
	return NULL;
}

/* --- its variables --- */

static struct contents_variable read_variable(const struct contents *contents, sqlite3_stmt *select)
{
	struct contents_variable variable = {
		.name = column_text(contents, select, 0),
		.label = column_text(contents, select, 1),
		.question = column_text(contents, select, 2),
		.type = column_text(contents, select, 3),
		.level = column_text(contents, select, 4),
		.unit = column_text(contents, select, 5),
		.treatment = column_text(contents, select, 6),
		.role = column_text(contents, select, 7),
		.key = (size_t)sqlite3_column_int64(select, 12),
		.sensitive = sqlite3_column_int(select, 13),
	};
	variable.has_least = column_number(&variable.least, select, 8);
	variable.has_most = column_number(&variable.most, select, 9);
	variable.has_bottom = column_number(&variable.bottom, select, 10);
	variable.has_top = column_number(&variable.top, select, 11);
	variable.text = strcmp(variable.type, "text") == 0 || strcmp(variable.type, "codes") == 0;
	return variable;
}

static bool load_variables(struct contents *contents, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok = store_prepare(&select, contents->store, sql_deposit_variables, err)
	          && store_step(contents->store, select, &row, err);
	while (ok && row) {
		contents->variables =
			mem_grow(contents->variables, contents->variable_count, &capacity, sizeof *contents->variables);
		contents->variables[contents->variable_count++] = read_variable(contents, select);
		ok = store_step(contents->store, select, &row, err);
	}
	sqlite3_finalize(select);
	return ok;
}

/* A list whose codes are all whole numbers is known by them; others by their positions. */
static void number_codes(struct contents_variable *variable)
{
	bool whole = true;
	long long number = 0;
	for (size_t c = 0; c < variable->code_count; c++)
		whole = whole && number_read_integer(variable->codes[c].code, &number) && number < 1000000000
		        && number > -1000000000;
	for (size_t c = 0; c < variable->code_count; c++) {
		if (whole)
			number_read_integer(variable->codes[c].code, &number);
		variable->codes[c].number = whole ? (double)number : (double)(c + 1);
	}
}

static bool load_codes(struct contents *contents, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t *capacity = mem_alloc(contents->variable_count, sizeof *capacity);
	bool row = false;
	bool ok = store_prepare(&select, contents->store, sql_deposit_codes, err)
	          && store_step(contents->store, select, &row, err);
	while (ok && row) {
		size_t v = (size_t)sqlite3_column_int64(select, 0);
		struct contents_variable *variable = &contents->variables[v];
		variable->codes =
			mem_grow(variable->codes, variable->code_count, &capacity[v], sizeof *variable->codes);
		variable->codes[variable->code_count++] =
			(struct contents_code){ .code = column_text(contents, select, 1),
			                        .label = column_text(contents, select, 2) };
		ok = store_step(contents->store, select, &row, err);
	}
	for (size_t v = 0; v < contents->variable_count; v++)
		number_codes(&contents->variables[v]);
	sqlite3_finalize(select);
	free(capacity);
	return ok;
}

/* --- its records --- */

/* The reasons of one record, of those that `missing` stands at; it moves behind them. */
static bool read_reasons(struct contents_value *values, long long record, sqlite3_stmt *missing, bool *more,
                         const struct contents *contents, struct error *err)
{
	bool ok = true;
	while (ok && *more && sqlite3_column_int64(missing, 0) == record) {
		struct contents_value *value = &values[sqlite3_column_int64(missing, 1)];
		ok = missing_reason_read((const char *)sqlite3_column_text(missing, 2), &value->missing)
		     || error_at(err, ERROR_INPUT, store_path(contents->store), 0,
		                 "record %lld is missing for a reason that there is not", record);
		ok = ok && store_step(contents->store, missing, more, err);
	}
	return ok;
}

static void read_values(struct contents_value *values, const struct contents *contents, sqlite3_stmt *select)
{
	for (size_t v = 0; v < contents->variable_count; v++) {
		int column = (int)v + 1;
		bool there = sqlite3_column_type(select, column) != SQLITE_NULL;
		values[v] = (struct contents_value){ .missing = there ? MISSING_NONE : MISSING_NOT_ANSWERED };
		if (there && contents->variables[v].text)
			values[v].text = (const char *)sqlite3_column_text(select, column);
		else if (there)
			values[v].number = sqlite3_column_double(select, column);
	}
}

static bool prepare_records(sqlite3_stmt **select, const struct contents *contents, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "SELECT record");
	for (size_t v = 0; v < contents->variable_count; v++) {
		char *name = store_quote_name(contents->variables[v].name);
		text_print(&sql, ", %s", name);
		free(name);
	}
	text_add(&sql, " FROM records ORDER BY record");
	bool ok = store_prepare(select, contents->store, sql.bytes, err);
	text_free(&sql);
	return ok;
}

bool contents_each(const struct contents *contents,
                   bool (*take)(size_t record, const struct contents_value *values, void *data, struct error *err),
                   void *data, struct error *err)
{
	sqlite3_stmt *select = NULL, *missing = NULL;
	struct contents_value *values = mem_alloc(contents->variable_count, sizeof *values);
	bool row = false, more = false;
	bool ok = prepare_records(&select, contents, err)
	          && store_prepare(&missing, contents->store, sql_deposit_missing, err)
	          && store_step(contents->store, missing, &more, err) && store_step(contents->store, select, &row, err);
	while (ok && row) {
		long long record = sqlite3_column_int64(select, 0);
		read_values(values, contents, select);
		ok = read_reasons(values, record, missing, &more, contents, err)
		     && take((size_t)record, values, data, err) && store_step(contents->store, select, &row, err);
	}
	sqlite3_finalize(select);
	sqlite3_finalize(missing);
	free(values);
	return ok;
}

/* Several codes are a text, with ; between. */
static void count_several(struct contents_variable *variable, const char *codes)
{
	for (const char *at = codes; *at; at += *at == ';') {
		size_t length = strcspn(at, ";");
		for (size_t c = 0; c < variable->code_count; c++)
			if (strlen(variable->codes[c].code) == length
			    && strncmp(variable->codes[c].code, at, length) == 0)
				variable->codes[c].records++;
		at += length;
	}
}

static bool count_record(size_t record, const struct contents_value *values, void *data, struct error *err)
{
	struct contents *contents = data;
	contents->record_count++;
	for (size_t v = 0; v < contents->variable_count; v++) {
		struct contents_variable *variable = &contents->variables[v];
		const struct contents_value *value = &values[v];
		variable->missing[value->missing]++;
		if (value->missing != MISSING_NONE)
			continue;
		if (!value->text && (variable->answered == 0 || value->number < variable->smallest))
			variable->smallest = value->number;
		variable->answered++;
		if (value->text && strlen(value->text) > variable->width)
			variable->width = strlen(value->text);
		if (value->text)
			count_several(variable, value->text);
		if (!variable->code_count || value->text)
			continue;
		if (value->number < 1 || value->number > (double)variable->code_count)
			return error_at(err, ERROR_INPUT, store_path(contents->store), 0,
			                "record %zu has a code of `%s` that its list does not have", record,
			                variable->name);
		variable->codes[(size_t)value->number - 1].records++;
	}
	return true;
}

bool contents_load(struct contents **contents, struct store *anonymised, struct error *err)
{
	struct contents *loaded = mem_alloc(1, sizeof *loaded);
	loaded->store = anonymised;
	loaded->strings = mem_arena_new();
	bool ok = load_items(loaded, err) && load_subsets(loaded, err) && load_left_out(loaded, err)
	          && load_variables(loaded, err) && load_codes(loaded, err)
	          && contents_each(loaded, count_record, loaded, err);
	if (!ok) {
		contents_free(loaded);
		return false;
	}
	*contents = loaded;
	return true;
}

void contents_free(struct contents *contents)
{
	if (!contents)
		return;
	for (size_t v = 0; v < contents->variable_count; v++)
		free(contents->variables[v].codes);
	free(contents->variables);
	free(contents->items);
	free(contents->subsets);
	free(contents->left_out);
	mem_arena_free(contents->strings);
	free(contents);
}
