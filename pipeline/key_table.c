#include "key_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "number.h"
#include "people.h"
#include "text.h"

struct loading {
	struct key_table *table;
	struct store *store;
	const char *records; /* the name of the table of records */
	const char *number;  /* and of its first column */
	const struct study_microdata *entry;
	const char *config;
};

static bool damaged(const struct loading *loading, struct error *err, const char *name, const char *what)
{
	error_at(err, ERROR_INPUT, store_path(loading->store), 0, "variable %s: %s", name, what);
	return error_help(err, "remove the file and run make again, so that it is written anew");
}

static const char *column_text(const struct loading *loading, sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	return mem_arena_copy(loading->table->strings, text ? text : "");
}

/* --- what a name of the config means --- */

/* Whether the dictionary has it, and deidentify let it go no further. */
static bool is_held_back(const struct loading *loading, const char *name, bool *held_back, struct error *err)
{
	sqlite3_stmt *select = NULL;
	*held_back = false;
	bool ok = strcmp(loading->records, "respondents") != 0
	          || store_prepare(&select, loading->store, sql_key_table_treated, err);
	if (ok && select) {
		store_bind_text(select, ":variable", name);
		ok = store_step(loading->store, select, held_back, err);
	}
	sqlite3_finalize(select);
	return ok;
}

static bool suggest(const struct loading *loading, const char *name, struct error *err)
{
	struct error unread = { 0 };
	const char **names = NULL;
	size_t count = 0, capacity = 0;
	sqlite3_stmt *select = NULL;
	bool row = store_prepare(&select, loading->store, "SELECT variable FROM variable ORDER BY position, variable",
	                         &unread);
	while (row && store_step(loading->store, select, &row, &unread) && row) {
		names = mem_grow(names, count, &capacity, sizeof *names);
		names[count++] = column_text(loading, select, 0);
	}
	sqlite3_finalize(select);
	const char *near = text_nearest(name, names, count);
	free(names);
	return near ? error_help(err, "did you mean %s?", near)
	            : error_help(err, "name a variable of the data dictionary or a derived one");
}

/* The name stands at `place` of the entry, keys[2], and is not in the file. */
static bool no_such(const struct loading *loading, const char *name, const char *place, bool described,
                    struct error *err)
{
	char *config = study_source(loading->config);
	bool held_back;
	if (!described && !is_held_back(loading, name, &held_back, err)) {
		free(config);
		return false;
	}
	if (described || held_back) {
		error_at(err, ERROR_CONFIG, config, 0, "microdata of %s: deidentify keeps no answers to %s",
		         loading->entry->dataset, name);
		error_help(err, "texts, dates, ids, weights and what `treat` drops go no further: take it out, or give "
		                "it another treatment in variables.csv");
	} else {
		error_at(err, ERROR_CONFIG, config, 0, "microdata of %s: the dataset has no variable %s",
		         loading->entry->dataset, name);
		suggest(loading, name, err);
	}
	study_locate_microdata(err, config, loading->entry->dataset, place);
	free(config);
	return false;
}

/* --- one variable --- */

static bool read_codes(const struct loading *loading, struct key_variable *variable, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool more = true;
	bool ok =
		store_prepare(&select, loading->store, variable->area ? sql_key_table_areas : sql_key_table_codes, err);
	if (ok && !variable->area)
		store_bind_text(select, ":variable", variable->name);
	while (ok && (ok = store_step(loading->store, select, &more, err)) && more) {
		if (sqlite3_column_int64(select, 0) != (long long)variable->code_count + 1) {
			ok = damaged(loading, err, variable->name, "its codes are not numbered from 1");
			break;
		}
		variable->codes = mem_grow(variable->codes, variable->code_count, &capacity, sizeof *variable->codes);
		variable->codes[variable->code_count++] =
			(struct key_code){ column_text(loading, select, 1), column_text(loading, select, 2), NAN };
	}
	sqlite3_finalize(select);
	return ok;
}

/* An answer that has no code list, before it has a code. */
struct value {
	const char *text; /* NULL: a number */
	double number;
	size_t record;
};

static int compare_value(const void *a, const void *b)
{
	const struct value *left = a, *right = b;
	if (left->text && right->text)
		return strcmp(left->text, right->text);
	return (left->number > right->number) - (left->number < right->number);
}

static void give_code(struct key_variable *variable, size_t *capacity, const struct loading *loading,
                      const struct value *value)
{
	char number[NUMBER_TEXT_SIZE];
	const char *label = value->text;
	if (!label) {
		number_print_exact(number, value->number);
		label = mem_arena_copy(loading->table->strings, number);
	}
	variable->codes = mem_grow(variable->codes, variable->code_count, capacity, sizeof *variable->codes);
	variable->codes[variable->code_count++] = (struct key_code){ label, label, value->text ? NAN : value->number };
}

/* The values that occur, ascending, become its codes. */
static void number_values(const struct loading *loading, struct key_variable *variable, struct value *values,
                          size_t count)
{
	size_t capacity = 0;
	mem_sort(values, count, sizeof *values, compare_value);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || compare_value(&values[i - 1], &values[i]) != 0)
			give_code(variable, &capacity, loading, &values[i]);
		variable->answers[values[i].record] = (int)variable->code_count;
	}
	variable->number = count > 0 ? !values[0].text : variable->number;
}

static bool read_value(const struct loading *loading, struct key_variable *variable, sqlite3_stmt *row,
                       struct value *value, struct error *err)
{
	if (sqlite3_column_type(row, 0) == SQLITE_TEXT)
		*value = (struct value){ .text = column_text(loading, row, 0) };
	else
		*value = (struct value){ .number = sqlite3_column_double(row, 0) };
	return (isfinite(value->number) && variable->number == !value->text)
	       || damaged(loading, err, variable->name, "an answer is no finite number");
}

static bool read_answers(const struct loading *loading, struct key_variable *variable, struct error *err)
{
	size_t count = loading->table->records.count, valued = 0;
	char *column = store_quote_name(variable->area ? "area" : variable->name);
	char *sql = mem_print("SELECT %s FROM %s ORDER BY %s", column, loading->records, loading->number);
	struct value *values = mem_alloc(count, sizeof *values);
	sqlite3_stmt *select = NULL;
	variable->answers = mem_alloc(count, sizeof *variable->answers);
	bool row = true, ok = store_prepare(&select, loading->store, sql, err), coded = variable->code_count > 0;
	for (size_t i = 0; ok && i < count; i++) {
		ok = store_step(loading->store, select, &row, err);
		if (!ok || sqlite3_column_type(select, 0) == SQLITE_NULL)
			continue;
		long long code = sqlite3_column_int64(select, 0);
		if (coded && (code < 1 || code > (long long)variable->code_count))
			ok = damaged(loading, err, variable->name, "an answer is no code of its list");
		else if (coded)
			variable->answers[i] = (int)code;
		else if ((ok = read_value(loading, variable, select, &values[valued], err)))
			values[valued++].record = i;
	}
	sqlite3_finalize(select);
	if (ok && !coded)
		number_values(loading, variable, values, valued);
	free(values);
	free(sql);
	free(column);
	return ok;
}

/* Of a variable of several codes an answer is a text, whose combinations are its codes here. */
static bool is_text(const char *type)
{
	return strcmp(type, "codes") == 0 || strcmp(type, "text") == 0 || strcmp(type, "id") == 0;
}

static bool read_variable(const struct loading *loading, struct key_variable *variable, const char *name,
                          const char *place, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool described = false, kept = false, text = false;
	bool ok = store_prepare(&select, loading->store, sql_key_table_variable, err);
	if (ok) {
		store_bind_text(select, ":variable", name);
		store_bind_text(select, ":table", loading->records);
		ok = store_step(loading->store, select, &described, err);
	}
	*variable = (struct key_variable){ .name = mem_arena_copy(loading->table->strings, name) };
	if (ok && described) {
		variable->label = column_text(loading, select, 0);
		variable->unit = column_text(loading, select, 1);
		variable->level = column_text(loading, select, 2);
		text = is_text((const char *)sqlite3_column_text(select, 3));
		variable->area = sqlite3_column_int(select, 4) != 0;
		kept = sqlite3_column_int(select, 5) != 0;
	}
	sqlite3_finalize(select);
	if (!ok || !kept)
		return ok && no_such(loading, name, place, described, err);
	ok = text || read_codes(loading, variable, err);
	variable->number = !text && variable->code_count == 0;
	return ok && read_answers(loading, variable, err);
}

static bool read_list(const struct loading *loading, struct key_variable **variables, size_t *count, char *const *names,
                      size_t name_count, const char *list, struct error *err)
{
	bool ok = true;
	*variables = mem_alloc(name_count, sizeof **variables);
	for (size_t i = 0; ok && i < name_count; i++) {
		char *place = mem_print("%s[%zu]", list, i);
		ok = read_variable(loading, &(*variables)[i], names[i], place, err);
		free(place);
		*count = i + 1;
	}
	return ok;
}

/* --- what each record stands for --- */

static char *weights_query(const struct loading *loading, enum key_source source, struct error *err)
{
	sqlite3_stmt *select = NULL;
	char *column = NULL;
	bool row = false;
	if (source == KEY_DEIDENTIFIED)
		column = mem_copy_text("weight");
	else if (store_prepare(&select, loading->store, "SELECT variable FROM variable WHERE role = 'weight'", err)
	         && store_step(loading->store, select, &row, err) && row)
		column = store_quote_name((const char *)sqlite3_column_text(select, 0));
	sqlite3_finalize(select);
	char *sql = column ? mem_print("SELECT %s, %s FROM %s ORDER BY %s", loading->number, column, loading->records,
	                               loading->number)
	                   : mem_print("SELECT %s, NULL FROM %s ORDER BY %s", loading->number, loading->records,
	                               loading->number);
	free(column);
	return sql;
}

static bool read_records(const struct loading *loading, enum key_source source, struct error *err)
{
	struct key_table *table = loading->table;
	sqlite3_stmt *select = NULL;
	size_t number_capacity = 0, weight_capacity = 0;
	const double *fraction = loading->entry->fraction;
	bool row = true, weighted = fraction != NULL;
	char *sql = weights_query(loading, source, err);
	bool ok = err->kind == ERROR_NONE && store_prepare(&select, loading->store, sql, err);
	while (ok && (ok = store_step(loading->store, select, &row, err)) && row) {
		size_t i = table->records.count++;
		table->numbers = mem_grow(table->numbers, i, &number_capacity, sizeof *table->numbers);
		table->weights = mem_grow(table->weights, i, &weight_capacity, sizeof *table->weights);
		table->numbers[i] = sqlite3_column_int64(select, 0);
		double weight = sqlite3_column_double(select, 1);
		weighted = weighted || weight > 0;
		table->weights[i] = fraction ? 1 / *fraction : weight > 0 ? weight : 1;
	}
	sqlite3_finalize(select);
	free(sql);
	table->records.weights = weighted ? table->weights : NULL;
	return ok;
}

/* Somebody's several records count once. */
static bool read_people(const struct loading *loading, struct error *err)
{
	struct key_table *table = loading->table;
	size_t count = table->records.count, met = 0;
	long double stand_for = 0;
	if (!people_load(&table->people, &table->person_count, loading->store, loading->number, count, err))
		return false;
	people_weigh(table->weights, table->people, count);
	for (size_t i = 0; i < count; i++)
		if (table->people[i] == met) {
			stand_for += table->weights[i];
			met++;
		}
	table->records.people = met < count ? table->people : NULL;
	table->fraction = loading->entry->fraction ? *loading->entry->fraction
	                  : stand_for > 0          ? fmin(1, (double)((long double)met / stand_for))
	                                           : 1;
	return true;
}

static void gather(struct key_table *table)
{
	size_t count = table->records.count, width = table->key_count;
	table->codes = mem_alloc(count * width, sizeof *table->codes);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < width; k++)
			table->codes[i * width + k] = table->keys[k].answers[i];
	table->records.codes = table->codes;
	table->records.width = width;
}

bool key_table_load(struct key_table **table, const struct study_microdata *entry, struct store *store,
                    enum key_source source, const char *config, struct error *err)
{
	struct key_table *loaded = mem_alloc(1, sizeof *loaded);
	loaded->strings = mem_arena_new();
	struct loading loading = { .table = loaded,
		                   .store = store,
		                   .records = source == KEY_DEIDENTIFIED ? "respondents" : "records",
		                   .number = source == KEY_DEIDENTIFIED ? "respondent" : "record",
		                   .entry = entry,
		                   .config = config };
	if (!read_records(&loading, source, err) || !read_people(&loading, err)
	    || !read_list(&loading, &loaded->keys, &loaded->key_count, entry->keys, entry->keys_count, "keys", err)
	    || !read_list(&loading, &loaded->sensitive, &loaded->sensitive_count, entry->sensitive,
	                  entry->sensitive_count, "sensitive", err)) {
		key_table_free(loaded);
		return false;
	}
	gather(loaded);
	for (loaded->strata = 0; loaded->strata < loaded->key_count; loaded->strata++)
		if (text_equal(entry->strata, loaded->keys[loaded->strata].name))
			break;
	loaded->records.own = loaded->strata < loaded->key_count ? 1u << loaded->strata : 0;
	*table = loaded;
	return true;
}

static void free_variables(struct key_variable *variables, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(variables[i].codes);
		free(variables[i].answers);
	}
	free(variables);
}

void key_table_free(struct key_table *table)
{
	if (!table)
		return;
	free_variables(table->keys, table->key_count);
	free_variables(table->sensitive, table->sensitive_count);
	free(table->codes);
	free(table->weights);
	free(table->people);
	free(table->numbers);
	mem_arena_free(table->strings);
	free(table);
}

bool key_variable_is_ordered(const struct key_variable *variable)
{
	return variable->number || strcmp(variable->level, "ordinal") == 0 || strcmp(variable->level, "scale") == 0
	       || strcmp(variable->level, "count") == 0 || strcmp(variable->level, "amount") == 0;
}
