#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "embedded.h"
#include "filtering.h"
#include "mem.h"
#include "text.h"

size_t sample_answers(const struct dataset_variable *variable)
{
	return variable->code_count ? variable->code_count : 1;
}

bool sample_is_number(const struct dataset_variable *variable)
{
	if (variable->code_count)
		return variable->integers;
	return strcmp(variable->type, "integer") == 0 || strcmp(variable->type, "number") == 0;
}

/* Add a variable's column to the query. */
static void add_column(struct text *sql, const struct dataset_variable *variable)
{
	char *name = store_quote_name(variable->column);
	text_print(sql, ", %s", name);
	free(name);
}

/* --- one variable of the row under way --- */

/* Reads the outcome (or across): its column of the row, and beside it the reasons of those for whom it is missing. */
struct reader {
	const struct dataset_variable *variable; /* NULL: not asked for */
	int column;
	sqlite3_stmt *missing;
	bool more;
};

static bool reader_next(struct reader *reader, struct store *store, struct error *err)
{
	return store_step(store, reader->missing, &reader->more, err);
}

static bool reader_open(struct reader *reader, struct store *store, const struct dataset_variable *variable, int column,
                        struct error *err)
{
	*reader = (struct reader){ .variable = variable, .column = column };
	if (!variable)
		return true;
	if (!store_prepare(&reader->missing, store, sql_compare_missing, err))
		return false;
	store_bind_text(reader->missing, ":variable", variable->name);
	return reader_next(reader, store, err);
}

static const struct dataset_code *code_at(const struct dataset_variable *variable, long long position)
{
	for (size_t i = 0; i < variable->code_count; i++)
		if (variable->codes[i].position == position)
			return &variable->codes[i];
	return NULL;
}

static bool contradicts(const struct reader *reader, struct store *store, struct error *err, const char *what)
{
	error_at(err, ERROR_INPUT, store_path(store), 0, "variable %s: %s", reader->variable->name, what);
	return error_help(err, "remove the file and run make again, so that deidentify writes it anew");
}

/* The reason that stands beside respondent `id`, as a position behind the answers. */
static bool read_reason(struct reader *reader, struct store *store, long long id, size_t *atom, struct error *err)
{
	while (reader->more && sqlite3_column_int64(reader->missing, 0) < id)
		if (!reader_next(reader, store, err))
			return false;
	if (reader->variable->required)
		return contradicts(reader, store, err, "an answer is missing although the variable is required");
	if (!reader->more || sqlite3_column_int64(reader->missing, 0) != id)
		return contradicts(reader, store, err, "an answer is missing without a reason");
	const char *reason = (const char *)sqlite3_column_text(reader->missing, 1);
	for (size_t i = 0; i < reader->variable->reason_count; i++)
		if (strcmp(reader->variable->reasons[i], reason) == 0) {
			*atom = sample_answers(reader->variable) + i;
			return true;
		}
	return contradicts(reader, store, err, "an answer is missing for a reason that is not declared");
}

/* Codes with ; between, or that there are none: each that is there is marked. */
static bool read_ticks(const struct reader *reader, struct store *store, sqlite3_stmt *row, bool *ticked,
                       struct error *err)
{
	const struct dataset_variable *variable = reader->variable;
	const char *at = (const char *)sqlite3_column_text(row, reader->column);
	if (strcmp(at, ANSWER_NONE_TICKED) == 0)
		return true;
	for (bool more = true; more;) {
		size_t length = strcspn(at, ";"), option = 0;
		while (option < variable->option_count
		       && (strncmp(variable->options[option].code, at, length) != 0
		           || variable->options[option].code[length]))
			option++;
		if (option == variable->option_count)
			return contradicts(reader, store, err, "an answer is no code of its list");
		ticked[option] = true;
		more = at[length] == ';';
		at += length + more;
	}
	return true;
}

static bool reader_read(struct reader *reader, struct store *store, sqlite3_stmt *row, long long id, size_t *atom,
                        double *value, struct error *err)
{
	const struct dataset_variable *variable = reader->variable;
	*value = NAN;
	if (sqlite3_column_type(row, reader->column) == SQLITE_NULL)
		return read_reason(reader, store, id, atom, err);
	*atom = 0;
	if (variable->option_count > 0)
		return true;
	if (variable->code_count == 0) {
		*value = sqlite3_column_double(row, reader->column);
		return isfinite(*value) || contradicts(reader, store, err, "an answer is no finite number");
	}
	const struct dataset_code *code = code_at(variable, sqlite3_column_int64(row, reader->column));
	if (!code)
		return contradicts(reader, store, err, "an answer is no code of its list");
	*atom = (size_t)(code - variable->codes);
	if (variable->integers)
		*value = (double)code->integer;
	return true;
}

/* --- filters --- */

/* Compile them, and add the columns that they read to the query. */
static bool filters_open(struct filtering **filters, const struct dataset *dataset,
                         const struct sample_request *request, struct text *sql, int *column, int **columns,
                         struct error *err)
{
	*columns = mem_alloc(dataset->variable_count, sizeof **columns);
	if (!filtering_open(filters, dataset, request->filters, request->filter_count, request->study, err))
		return false;
	for (size_t v = 0; v < dataset->variable_count; v++) {
		bool read = filtering_reads_any(*filters, v);
		(*columns)[v] = read ? (*column)++ : -1;
		if (read)
			add_column(sql, &dataset->variables[v]);
	}
	return true;
}

static struct filtering_value value_of(const struct dataset_variable *variable, sqlite3_stmt *row, int at)
{
	struct filtering_value value = { .missing = sqlite3_column_type(row, at) == SQLITE_NULL };
	if (value.missing)
		return value;
	if (variable->code_count)
		return filtering_code(code_at(variable, sqlite3_column_int64(row, at)));
	value.integer = sqlite3_column_int64(row, at);
	value.real = sqlite3_column_double(row, at);
	value.text = (const char *)sqlite3_column_text(row, at);
	return value;
}

static bool filters_read(struct filtering *filters, const int *columns, const struct dataset *dataset,
                         sqlite3_stmt *row, unsigned long long *bits, struct error *err)
{
	for (size_t v = 0; v < dataset->variable_count; v++)
		if (columns[v] >= 0)
			filtering_set(filters, v, value_of(&dataset->variables[v], row, columns[v]));
	return filtering_truths(filters, bits, err);
}

/* --- the pass --- */

struct capacities {
	size_t area, outcome, across, filters, ticked, value, person;
};

static bool take_row(struct sample *sample, struct capacities *capacities, const struct dataset *dataset,
                     sqlite3_stmt *row, struct reader *outcome, struct reader *across, struct filtering *filters,
                     const int *columns, struct error *err)
{
	size_t i = sample->count, other = 0, options = outcome->variable->option_count;
	double unused = NAN;
	long long id = sqlite3_column_int64(row, 0), area = sqlite3_column_int64(row, 1);
	bool no_area = sqlite3_column_type(row, 1) == SQLITE_NULL;
	if (!no_area && (area < 1 || area > (long long)dataset->area_count)) {
		error_at(err, ERROR_INPUT, store_path(dataset->store), 0, "an area is not among the declared ones");
		return error_help(err, "remove the file and run make again, so that deidentify writes it anew");
	}
	if (no_area && dataset->variables[dataset->area].required)
		return error_at(err, ERROR_INPUT, store_path(dataset->store), 0,
		                "an area is missing although it is required");

	sample->area = mem_grow(sample->area, i, &capacities->area, sizeof *sample->area);
	sample->outcome = mem_grow(sample->outcome, i, &capacities->outcome, sizeof *sample->outcome);
	sample->filters = mem_grow(sample->filters, i, &capacities->filters, sizeof *sample->filters);
	sample->value = mem_grow(sample->value, i, &capacities->value, sizeof *sample->value);
	sample->person = mem_grow(sample->person, i, &capacities->person, sizeof *sample->person);
	sample->person[i] = sqlite3_column_int64(row, 2);
	sample->area[i] = no_area ? dataset->area_count : (size_t)area - 1;
	sample->area_missing = sample->area_missing || no_area;
	if (!reader_read(outcome, dataset->store, row, id, &sample->outcome[i], &sample->value[i], err))
		return false;
	if (options) {
		sample->ticked = mem_grow(sample->ticked, i, &capacities->ticked, options * sizeof *sample->ticked);
		if (sample->outcome[i] == 0
		    && !read_ticks(outcome, dataset->store, row, sample->ticked + i * options, err))
			return false;
	}
	if (across->variable) {
		sample->across = mem_grow(sample->across, i, &capacities->across, sizeof *sample->across);
		if (!reader_read(across, dataset->store, row, id, &other, &unused, err))
			return false;
		sample->across[i] = other;
	}
	if (!filters_read(filters, columns, dataset, row, &sample->filters[i], err))
		return false;
	sample->count++;
	return true;
}

bool sample_read(struct sample **sample, const struct dataset *dataset, const struct sample_request *request,
                 struct error *err)
{
	struct sample *read = mem_alloc(1, sizeof *read);
	struct capacities capacities = { 0 };
	struct filtering *filters = NULL;
	int *columns = NULL;
	struct reader outcome = { 0 }, across = { 0 };
	struct text sql = { 0 };
	sqlite3_stmt *rows = NULL;
	int column = 3;
	bool ok = false, more = true;

	text_add(&sql, "SELECT respondent, area, coalesce((SELECT again.first FROM again"
	               " WHERE again.respondent = respondents.respondent), respondent)");
	add_column(&sql, request->outcome);
	int outcome_column = column++, across_column = column;
	if (request->across) {
		add_column(&sql, request->across);
		column++;
	}
	if (!filters_open(&filters, dataset, request, &sql, &column, &columns, err))
		goto done;
	text_add(&sql, " FROM respondents ORDER BY respondent");
	if (!store_prepare(&rows, dataset->store, sql.bytes, err)
	    || !reader_open(&outcome, dataset->store, request->outcome, outcome_column, err)
	    || !reader_open(&across, dataset->store, request->across, across_column, err))
		goto done;
	while (more) {
		if (!store_step(dataset->store, rows, &more, err))
			goto done;
		if (more && !take_row(read, &capacities, dataset, rows, &outcome, &across, filters, columns, err))
			goto done;
	}
	ok = true;
done:
	sqlite3_finalize(outcome.missing);
	sqlite3_finalize(across.missing);
	sqlite3_finalize(rows);
	filtering_close(filters);
	free(columns);
	text_free(&sql);
	if (ok)
		*sample = read;
	else
		sample_free(read);
	return ok;
}

void sample_free(struct sample *sample)
{
	if (!sample)
		return;
	free(sample->area);
	free(sample->outcome);
	free(sample->across);
	free(sample->filters);
	free(sample->ticked);
	free(sample->value);
	free(sample->person);
	free(sample);
}
