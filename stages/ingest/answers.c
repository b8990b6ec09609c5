#include "answers.h"

#include <stdlib.h>

#include "mem.h"
#include "text.h"

struct answers {
	struct store *store;
	size_t variable_count;
	sqlite3_stmt *insert;
	long long rows;
};

/* The columns before the first variable, and their places in the statement. */
enum { ROW = 1, SOURCE, LINE, RECORD };

static bool create_table(struct store *store, const struct dictionary *dictionary, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, "
	               "record INTEGER NOT NULL");
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		char *name = store_quote_name(dictionary->variables[i].name);
		text_print(&sql, ", %s TEXT", name);
		free(name);
	}
	text_add(&sql, ")");
	bool ok = store_run(store, sql.bytes, err);
	text_free(&sql);
	return ok;
}

/* A place for each column: the names of the variables are the user's, and cannot name parameters. */
static bool prepare_insert(struct answers *answers, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "INSERT INTO answers VALUES (?");
	for (size_t i = 1; i < RECORD + answers->variable_count; i++)
		text_add(&sql, ", ?");
	text_add(&sql, ")");
	bool ok = store_prepare(&answers->insert, answers->store, sql.bytes, err);
	text_free(&sql);
	return ok;
}

bool answers_create(struct answers **created, struct store *store, const struct dictionary *dictionary,
                    struct error *err)
{
	if (dictionary->variable_count > ANSWERS_MOST_VARIABLES) {
		error_at(err, ERROR_CONFIG, dictionary->folder, 0,
		         "variables.csv names %zu variables, and a dataset holds at most %d",
		         dictionary->variable_count, ANSWERS_MOST_VARIABLES);
		return error_help(err, "take out what the study does not need, or make two datasets of it");
	}
	struct answers *answers = mem_alloc(1, sizeof *answers);
	answers->store = store;
	answers->variable_count = dictionary->variable_count;
	if (!create_table(store, dictionary, err) || !prepare_insert(answers, err)) {
		answers_free(answers);
		return false;
	}
	*created = answers;
	return true;
}

bool answers_add(struct answers *answers, long long source, const struct csv_record *record,
                 const struct columns *columns, long long *row, struct error *err)
{
	sqlite3_stmt *insert = answers->insert;
	*row = ++answers->rows;
	sqlite3_bind_int64(insert, ROW, *row);
	sqlite3_bind_int64(insert, SOURCE, source);
	sqlite3_bind_int64(insert, LINE, (sqlite3_int64)record->line);
	sqlite3_bind_int64(insert, RECORD, (sqlite3_int64)record->record);
	for (size_t i = 0; i < answers->variable_count; i++) {
		size_t cell = columns->cells[i];
		if (cell > 0) /* otherwise NULL: the export has no such column */
			sqlite3_bind_text(insert, RECORD + 1 + (int)i, record->fields[cell - 1], -1, SQLITE_STATIC);
	}
	return store_insert(answers->store, insert, err);
}

void answers_free(struct answers *answers)
{
	if (!answers)
		return;
	sqlite3_finalize(answers->insert);
	free(answers);
}
