#include "record_file.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "record_derivable.h"
#include "text.h"

/* Where a file's tables stand: the same columns of a stage file, and of the ledger, which holds many. */
struct source {
	struct store *store;
	const char *dataset;
	long long release; /* 0: a stage file */
	const char *variables, *codes, *missing, *derivable_variables, *derivable;
};

struct record_variable *record_file_variable(const struct record_file *file, const char *name, size_t length)
{
	for (size_t i = 0; i < file->variable_count; i++)
		if (strlen(file->variables[i].name) == length && strncmp(file->variables[i].name, name, length) == 0)
			return &file->variables[i];
	return NULL;
}

static const char *keep(struct record_file *file, const char *text, size_t length)
{
	char *copy = mem_copy_bytes(text, length);
	const char *kept = mem_arena_copy(file->strings, copy);
	free(copy);
	return kept;
}

struct record_variable *record_file_outside(struct record_file *file, const char *name, size_t length)
{
	file->variables =
		mem_grow(file->variables, file->variable_count, &file->variable_capacity, sizeof *file->variables);
	struct record_variable *variable = &file->variables[file->variable_count++];
	*variable = (struct record_variable){ .name = keep(file, name, length), .outside = true, .least = NAN, .most = NAN };
	return variable;
}

size_t record_variable_answer(struct record_file *file, struct record_variable *variable, const char *code,
                              size_t length)
{
	for (size_t i = 0; i < variable->answer_count; i++)
		if (strlen(variable->answers[i]) == length && strncmp(variable->answers[i], code, length) == 0)
			return i;
	variable->answers = mem_grow(variable->answers, variable->answer_count, &variable->answer_capacity,
	                             sizeof *variable->answers);
	variable->answers[variable->answer_count] = keep(file, code, length);
	return variable->answer_count++;
}

/* ---- reading ---- */

static const char *text_at(sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	return text ? text : "";
}

static double real_at(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

static bool prepare(sqlite3_stmt **rows, const struct source *source, const char *sql, struct error *err)
{
	if (!store_prepare(rows, source->store, sql, err))
		return false;
	if (source->release) {
		store_bind_integer(*rows, ":release", source->release);
		store_bind_text(*rows, ":dataset", source->dataset);
	}
	return true;
}

static bool not_whole(const struct source *source, const char *what, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(source->store), 0, "its records of %s are not whole: %s",
	         source->dataset, what);
	return source->release ? error_help(err, "put the ledger back from your backup; never remove it")
	                       : error_help(err, "remove the file and run make again, so that anonymise writes it anew");
}

enum record_kind record_kind_of(const char *type)
{
	return strcmp(type, "code") == 0    ? RECORD_CODE
	       : strcmp(type, "codes") == 0 ? RECORD_CODES
	       : strcmp(type, "text") == 0 || strcmp(type, "id") == 0 ? RECORD_TEXT
	                                                              : RECORD_NUMBER;
}

/* A number that stands for all from there on is known from there on. */
struct coding {
	double bottom, top;
	bool bands, averaged;
};

/* "16-17", "18-20", "21 and over", "16 to under 18": as treatment.h writes them. */
static void read_band(const char *label, double *low, double *high)
{
	char *end = NULL;
	*low = strtod(label, &end);
	*high = INFINITY;
	if (end == label)
		*low = -INFINITY;
	else if (strncmp(end, " to under ", 10) == 0)
		*high = nextafter(strtod(end + 10, NULL), -INFINITY);
	else if (*end == '-')
		*high = strtod(end + 1, NULL);
	else if (*end == '\0')
		*high = *low;
}

static bool read_variables(struct record_file *file, struct coding **codings, const struct source *source,
                           struct error *err)
{
	sqlite3_stmt *rows = NULL;
	size_t capacity = 0;
	bool row = false, ok = prepare(&rows, source, source->variables, err);
	while (ok && (ok = store_step(source->store, rows, &row, err)) && row) {
		const char *name = text_at(rows, 0);
		*codings = mem_grow(*codings, file->variable_count, &capacity, sizeof **codings);
		struct coding *coding = &(*codings)[file->variable_count];
		struct record_variable *variable = record_file_outside(file, name, strlen(name));
		variable->outside = false;
		variable->kind = record_kind_of(text_at(rows, 1));
		variable->whole = strcmp(text_at(rows, 1), "integer") == 0;
		variable->area = strcmp(text_at(rows, 2), "area") == 0;
		variable->least = real_at(rows, 3);
		variable->most = real_at(rows, 4);
		*coding = (struct coding){ .bottom = real_at(rows, 5),
			                   .top = real_at(rows, 6),
			                   .bands = strcmp(text_at(rows, 7), "bands") == 0,
			                   .averaged = strcmp(text_at(rows, 7), "averaged") == 0 };
		variable->hides_missing = sqlite3_column_int(rows, 8) != 0;
		if (coding->bands)
			variable->kind = RECORD_NUMBER;
	}
	sqlite3_finalize(rows);
	return ok;
}

/* By variable and place; of one code, each answer that it stands for. */
static bool read_codes(struct record_file *file, const struct source *source, struct error *err)
{
	sqlite3_stmt *rows = NULL;
	bool row = false, ok = prepare(&rows, source, source->codes, err);
	while (ok && (ok = store_step(source->store, rows, &row, err)) && row) {
		const char *name = text_at(rows, 0), *answer = text_at(rows, 3);
		long long place = sqlite3_column_int64(rows, 1);
		struct record_variable *variable = record_file_variable(file, name, strlen(name));
		if (!variable || place < 1 || place > (long long)variable->code_count + 1) {
			ok = not_whole(source, "codes without a variable, or out of order", err);
			break;
		}
		if (place > (long long)variable->code_count) {
			variable->codes = mem_grow(variable->codes, variable->code_count, &variable->code_capacity,
			                           sizeof *variable->codes);
			struct record_code *code = &variable->codes[variable->code_count++];
			*code = (struct record_code){ .name = mem_arena_copy(file->strings, text_at(rows, 4)),
				                      .first = variable->meant_count };
			read_band(text_at(rows, 2), &code->low, &code->high);
		}
		variable->meant = mem_grow(variable->meant, variable->meant_count, &variable->meant_capacity,
		                           sizeof *variable->meant);
		variable->meant[variable->meant_count++] =
			record_variable_answer(file, variable, answer, strlen(answer));
		variable->codes[place - 1].count++;
	}
	sqlite3_finalize(rows);
	return ok;
}

static bool take_value(struct record_file *file, struct record_variable *variable, const struct coding *coding,
                       sqlite3_stmt *row, size_t record)
{
	struct record_value *value = &variable->values[record];
	bool missing = sqlite3_column_type(row, 1) == SQLITE_NULL;
	value->state = missing ? RECORD_MISSING : RECORD_GIVEN;
	value->text = "";
	if (missing)
		return true;
	if (variable->kind == RECORD_CODES || variable->kind == RECORD_TEXT) {
		value->text = mem_arena_copy(file->strings, text_at(row, 1));
		return true;
	}
	if (variable->kind == RECORD_CODE || coding->bands) {
		long long place = sqlite3_column_int64(row, 1);
		if (place < 1 || place > (long long)variable->code_count)
			return false;
		value->code = (size_t)place - 1;
		value->low = variable->codes[place - 1].low;
		value->high = variable->codes[place - 1].high;
		return true;
	}
	value->low = value->high = sqlite3_column_double(row, 1);
	if (coding->averaged || value->low <= coding->bottom) /* false where it is NaN */
		value->low = -INFINITY;
	if (coding->averaged || value->high >= coding->top)
		value->high = INFINITY;
	return true;
}

/* The records are numbered from 1. */
static bool read_values(struct record_file *file, size_t place, const struct coding *coding,
                        const struct source *source, struct error *err)
{
	struct record_variable *variable = &file->variables[place];
	char *name = store_quote_name(variable->name),
	     *sql = source->release ? mem_copy_text(sql_audit_held_values)
	                            : mem_print("SELECT record, %s FROM records ORDER BY record", name);
	sqlite3_stmt *rows = NULL;
	size_t record = 0;
	bool row = false, ok = prepare(&rows, source, sql, err);
	if (ok && source->release)
		store_bind_text(rows, ":variable", variable->name);
	variable->values = mem_alloc(file->count, sizeof *variable->values);
	for (; ok && (ok = store_step(source->store, rows, &row, err)) && row; record++)
		if (record >= file->count || sqlite3_column_int64(rows, 0) != (long long)record + 1
		    || !take_value(file, variable, coding, rows, record))
			ok = not_whole(source, "a record too many, or a code of no list", err);
	if (ok && record < file->count)
		ok = not_whole(source, "a record is missing", err);
	sqlite3_finalize(rows);
	free(sql);
	free(name);
	return ok;
}

static bool read_missing(struct record_file *file, const struct source *source, struct error *err)
{
	sqlite3_stmt *rows = NULL;
	bool row = false, ok = prepare(&rows, source, source->missing, err);
	while (ok && (ok = store_step(source->store, rows, &row, err)) && row) {
		const char *name = text_at(rows, 0), *reason = text_at(rows, 2);
		struct record_variable *variable = record_file_variable(file, name, strlen(name));
		long long record = sqlite3_column_int64(rows, 1);
		if (!variable || record < 1 || record > (long long)file->count) {
			ok = not_whole(source, "a reason without a record", err);
			break;
		}
		struct record_value *value = &variable->values[record - 1];
		value->state = strcmp(reason, "suppressed") == 0 ? RECORD_BLANKED : RECORD_MISSING;
		value->text = mem_arena_copy(file->strings, reason);
	}
	sqlite3_finalize(rows);
	return ok;
}

static void print_variable(struct text *text, const struct record_variable *variable, size_t count)
{
	text_print(text, "%s %d %a %a\n", variable->name, (int)variable->kind, variable->least, variable->most);
	for (size_t c = 0; c < variable->code_count; c++) {
		text_print(text, "%s:", variable->codes[c].name);
		for (size_t m = 0; m < variable->codes[c].count; m++)
			text_print(text, " %s", variable->answers[variable->meant[variable->codes[c].first + m]]);
		text_add(text, "\n");
	}
	for (size_t r = 0; r < count; r++)
		text_print(text, "%d %zu %a %a %s\n", (int)variable->values[r].state, variable->values[r].code,
		           variable->values[r].low, variable->values[r].high, variable->values[r].text);
}

static void digest_file(const struct record_file *file, char digest[PROVENANCE_HASH_SIZE])
{
	struct text text = { 0 };
	text_add(&text, "");
	for (size_t v = 0; v < file->variable_count; v++)
		if (file->variables[v].values)
			print_variable(&text, &file->variables[v], file->count);
	provenance_hash_bytes(digest, text.bytes, text.length);
	text_free(&text);
}

/* What follows from the records, by who could compute it. */
static bool read_derivable(struct record_file *file, const struct source *source, struct error *err)
{
	sqlite3_stmt *variables = NULL, *values = NULL;
	bool ok = prepare(&variables, source, source->derivable_variables, err)
	          && prepare(&values, source, source->derivable, err);
	if (ok && !record_derivable_read(file, source->store, variables, values, err))
		ok = err->message[0] ? false : not_whole(source, "a value of no variable or of no record follows", err);
	sqlite3_finalize(variables);
	sqlite3_finalize(values);
	return ok;
}

static bool read_file(struct record_file **file, const struct source *source, long long count, struct error *err)
{
	struct record_file *read = mem_alloc(1, sizeof *read);
	struct coding *codings = NULL;
	read->strings = mem_arena_new();
	read->dataset = mem_arena_copy(read->strings, source->dataset);
	read->count = (size_t)count;
	bool ok = read_variables(read, &codings, source, err) && read_codes(read, source, err);
	for (size_t i = 0; ok && i < read->variable_count; i++)
		ok = read_values(read, i, &codings[i], source, err);
	ok = ok && read_missing(read, source, err);
	if (ok) {
		digest_file(read, read->digest);
		ok = read_derivable(read, source, err);
		digest_file(read, read->digest_of_all);
	}
	free(codings);
	if (!ok) {
		record_file_free(read);
		return false;
	}
	*file = read;
	return true;
}

bool record_file_read(struct record_file **file, const char *dataset, struct store *anonymised, struct error *err)
{
	const struct source source = { .store = anonymised,
		                       .dataset = dataset,
		                       .variables = sql_audit_file_variables,
		                       .codes = sql_audit_file_codes,
		                       .missing = sql_audit_file_missing,
		                       .derivable_variables = sql_audit_file_derivable_variables,
		                       .derivable = sql_audit_file_derivable };
	long long count = 0;
	return store_read_integer(anonymised, "SELECT count(*) FROM records", 0, &count, err)
	       && read_file(file, &source, count, err);
}

bool record_file_recall(struct record_file **file, const char *dataset, struct store *ledger, long long release,
                        struct error *err)
{
	const struct source source = { .store = ledger,
		                       .dataset = dataset,
		                       .release = release,
		                       .variables = sql_audit_held_variables,
		                       .codes = sql_audit_held_codes,
		                       .missing = sql_audit_held_missing,
		                       .derivable_variables = sql_audit_held_derivable_variables,
		                       .derivable = sql_audit_held_derivable };
	sqlite3_stmt *count = NULL;
	bool row = false;
	bool ok = prepare(&count, &source, sql_audit_held_count, err) && store_step(ledger, count, &row, err)
	          && read_file(file, &source, row ? sqlite3_column_int64(count, 0) : 0, err);
	sqlite3_finalize(count);
	return ok;
}

void record_file_free(struct record_file *file)
{
	if (!file)
		return;
	for (size_t i = 0; i < file->variable_count; i++) {
		struct record_variable *variable = &file->variables[i];
		free(variable->answers);
		free(variable->codes);
		free(variable->meant);
		free(variable->values);
	}
	free(file->variables);
	mem_arena_free(file->strings);
	free(file);
}
