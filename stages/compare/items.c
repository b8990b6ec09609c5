#include "items.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "sample.h"
#include "text.h"

static bool wrong(const char *study, const char *item, const char *what, const char *help, struct error *err)
{
	error_at(err, ERROR_CONFIG, study, 0, "no reliability: %s %s", item, what);
	return error_help(err, "%s", help);
}

static bool add_item(struct items *items, size_t *capacity, const struct dataset *dataset, sqlite3_stmt *row,
                     const char *study, struct error *err)
{
	const char *name = (const char *)sqlite3_column_text(row, 0);
	const struct dataset_variable *variable = dataset_variable(dataset, name);
	if (!variable || !variable->column)
		return wrong(study, name, "is an item that deidentify keeps no answers to",
		             "see what the data dictionary treats it as, or leave out the analysis", err);
	if (!sample_is_number(variable))
		return wrong(study, name, "is an item whose answers are no numbers",
		             "see what the data dictionary treats it as, or leave out the analysis", err);
	items->items = mem_grow(items->items, items->count, capacity, sizeof *items->items);
	items->items[items->count++] = (struct item){ .variable = variable,
		                                      .reversed = sqlite3_column_int(row, 1) != 0,
		                                      .least = sqlite3_column_double(row, 2),
		                                      .most = sqlite3_column_double(row, 3) };
	return true;
}

static bool read_items(struct items *items, const struct dataset *dataset, const struct dataset_variable *score,
                       const char *study, struct error *err)
{
	sqlite3_stmt *rows = NULL;
	size_t capacity = 0;
	bool more = true, ok = store_prepare(&rows, dataset->store, sql_compare_items, err);
	if (ok)
		store_bind_text(rows, ":score", score->name);
	while (ok && more) {
		ok = store_step(dataset->store, rows, &more, err);
		if (ok && more)
			ok = add_item(items, &capacity, dataset, rows, study, err);
	}
	sqlite3_finalize(rows);
	if (ok && items->count == 0)
		ok = wrong(study, score->name, "is no score of an instrument",
		           "name a score that is made of items, such as a sum", err);
	return ok;
}

/* The answer as the score counts it; false: none that the item can have. */
static bool read_answer(double *answer, const struct item *item, sqlite3_stmt *row, int column)
{
	const struct dataset_variable *variable = item->variable;
	*answer = NAN;
	if (sqlite3_column_type(row, column) == SQLITE_NULL)
		return true;
	for (size_t i = 0; i < variable->code_count; i++)
		if (variable->codes[i].position == sqlite3_column_int64(row, column))
			*answer = (double)variable->codes[i].integer;
	if (variable->code_count == 0)
		*answer = sqlite3_column_double(row, column);
	if (*answer != floor(*answer)) { /* 2.5, of a variable of type number: missing, as derive has it */
		*answer = NAN;
		return true;
	}
	if (!(*answer >= item->least && *answer <= item->most))
		return false;
	if (item->reversed)
		*answer = item->least + item->most - *answer;
	return true;
}

static bool read_row(struct items *items, size_t respondent, const struct dataset *dataset, sqlite3_stmt *row,
                     struct error *err)
{
	for (size_t i = 0; i < items->count; i++)
		if (!read_answer(&items->answers[respondent * items->count + i], &items->items[i], row, (int)i)) {
			error_at(err, ERROR_INPUT, store_path(dataset->store), 0,
			         "variable %s: an answer lies outside the range of its scale",
			         items->items[i].variable->name);
			return error_help(err, "remove the file and run make again, so that deidentify writes it anew");
		}
	return true;
}

static bool read_answers(struct items *items, const struct dataset *dataset, struct error *err)
{
	struct text sql = { 0 };
	sqlite3_stmt *rows = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < items->count; i++) {
		char *name = store_quote_name(items->items[i].variable->column);
		text_print(&sql, "%s%s", i ? ", " : "SELECT ", name);
		free(name);
	}
	text_add(&sql, " FROM respondents ORDER BY respondent");
	bool more = true, ok = store_prepare(&rows, dataset->store, sql.bytes, err);
	while (ok && more) {
		ok = store_step(dataset->store, rows, &more, err);
		if (!ok || !more)
			break;
		items->answers = mem_grow(items->answers, count, &capacity, items->count * sizeof *items->answers);
		ok = read_row(items, count++, dataset, rows, err);
	}
	sqlite3_finalize(rows);
	text_free(&sql);
	return ok;
}

bool items_read(struct items **items, const struct dataset *dataset, const struct dataset_variable *score,
                const char *study, struct error *err)
{
	struct items *read = mem_alloc(1, sizeof *read);
	if (!read_items(read, dataset, score, study, err) || !read_answers(read, dataset, err)) {
		items_free(read);
		return false;
	}
	*items = read;
	return true;
}

void items_free(struct items *items)
{
	if (!items)
		return;
	free(items->items);
	free(items->answers);
	free(items);
}

size_t items_answered(const struct items *items, size_t respondent)
{
	size_t answered = 0;
	for (size_t i = 0; i < items->count; i++)
		answered += !isnan(items->answers[respondent * items->count + i]);
	return answered;
}
