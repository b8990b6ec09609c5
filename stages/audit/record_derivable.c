#include "record_derivable.h"

#include <math.h>
#include <string.h>

static const char *text_at(sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	return text ? text : "";
}

static double real_at(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

/* The range is that of the tables; the file's own may be narrower, where it cuts ends off. */
static void take_variable(struct record_file *file, sqlite3_stmt *row)
{
	const char *name = text_at(row, 0), *type = text_at(row, 1), *definition = text_at(row, 4);
	struct record_variable *variable = record_file_variable(file, name, strlen(name));
	if (!variable) {
		variable = record_file_outside(file, name, strlen(name));
		variable->kind = record_kind_of(type);
		variable->whole = strcmp(type, "integer") == 0;
		variable->follows = true;
		variable->values = mem_alloc(file->count, sizeof *variable->values);
		for (size_t r = 0; r < file->count; r++)
			variable->values[r] = (struct record_value){ .state = RECORD_UNKNOWN, .text = "" };
	}
	variable->outside = false;
	variable->least = real_at(row, 2);
	variable->most = real_at(row, 3);
	variable->definition = definition[0] ? mem_arena_copy(file->strings, definition) : NULL;
}

/* The code that stands for this answer and no other; it is added where there is none. */
static size_t code_of(struct record_file *file, struct record_variable *variable, const char *name, size_t length)
{
	size_t answer = record_variable_answer(file, variable, name, length);
	for (size_t c = 0; c < variable->code_count; c++)
		if (variable->codes[c].count == 1 && variable->meant[variable->codes[c].first] == answer)
			return c;
	variable->codes =
		mem_grow(variable->codes, variable->code_count, &variable->code_capacity, sizeof *variable->codes);
	variable->meant =
		mem_grow(variable->meant, variable->meant_count, &variable->meant_capacity, sizeof *variable->meant);
	variable->codes[variable->code_count] =
		(struct record_code){ .name = variable->answers[answer], .first = variable->meant_count, .count = 1 };
	variable->meant[variable->meant_count++] = answer;
	return variable->code_count++;
}

static void take_value(struct record_file *file, struct record_variable *variable, struct record_value *value,
                       sqlite3_stmt *row)
{
	*value = (struct record_value){ .state = RECORD_GIVEN, .text = "" };
	if (sqlite3_column_type(row, 2) == SQLITE_NULL) {
		value->state = RECORD_MISSING;
		value->text = mem_arena_copy(file->strings, text_at(row, 3));
	} else if (variable->kind == RECORD_CODE) {
		const char *code = text_at(row, 2);
		value->code = code_of(file, variable, code, strlen(code));
	} else if (variable->kind == RECORD_NUMBER) {
		value->low = value->high = sqlite3_column_double(row, 2);
	} else {
		value->text = mem_arena_copy(file->strings, text_at(row, 2));
		for (const char *at = value->text; variable->kind == RECORD_CODES && at;) {
			size_t length = strcspn(at, ";");
			code_of(file, variable, at, length);
			at = at[length] ? at + length + 1 : NULL;
		}
	}
}

bool record_derivable_read(struct record_file *file, struct store *store, sqlite3_stmt *variables,
                           sqlite3_stmt *values, struct error *err)
{
	bool row = false, ok = true;
	while ((ok = store_step(store, variables, &row, err)) && row)
		take_variable(file, variables);
	while (ok && (ok = store_step(store, values, &row, err)) && row) {
		const char *name = text_at(values, 0);
		struct record_variable *variable = record_file_variable(file, name, strlen(name));
		long long record = sqlite3_column_int64(values, 1);
		if (!variable || record < 1 || record > (long long)file->count)
			return false;
		take_value(file, variable, &variable->values[record - 1], values);
	}
	return ok;
}
