#include "answers.h"

#include <stdlib.h>
#include <string.h>

#include "boxes.h"
#include "mem.h"
#include "text.h"

/* Where the answer to a variable comes from: one of the three. */
struct origin {
	size_t variable;
	const char *fixed; /* the same in every row */
	bool gathered;     /* from boxes */
	struct boxes boxes;
	size_t cell; /* from 0 */
};

struct answers {
	struct store *store;
	const struct dictionary *dictionary;
	long long rows;
	/* of the export that is being read */
	long long source;
	struct watch *watch;
	struct origin *origins;
	size_t origin_count;
	sqlite3_stmt *insert;
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

bool answers_create(struct answers **created, struct store *store, const struct dictionary *dictionary,
                    struct error *err)
{
	if (dictionary->variable_count > ANSWERS_MOST_VARIABLES) {
		error_at(err, ERROR_CONFIG, dictionary->folder, 0,
		         "variables.csv names %zu variables, and a dataset holds at most %d",
		         dictionary->variable_count, ANSWERS_MOST_VARIABLES);
		return error_help(err, "take out what the study does not need, or make two datasets of it");
	}
	if (!create_table(store, dictionary, err))
		return false;
	*created = mem_alloc(1, sizeof **created);
	**created = (struct answers){ .store = store, .dictionary = dictionary };
	return true;
}

/* ---- one export ---- */

static void end_export(struct answers *answers)
{
	for (size_t i = 0; i < answers->origin_count; i++)
		boxes_free(&answers->origins[i].boxes);
	free(answers->origins);
	answers->origins = NULL;
	answers->origin_count = 0;
	sqlite3_finalize(answers->insert);
	answers->insert = NULL;
}

/* Only of the variables that the export answers: the others are NULL. */
static void find_origins(struct answers *answers, const struct source *source, const struct columns *columns)
{
	const struct dictionary *dictionary = answers->dictionary;
	answers->origins = mem_alloc(dictionary->variable_count, sizeof *answers->origins);
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		struct origin origin = { .variable = i, .fixed = source_fixed(source, &dictionary->variables[i]) };
		origin.gathered = !origin.fixed && boxes_new(&origin.boxes, columns, source, dictionary, i);
		if (!origin.fixed && columns->cells[i] == 0)
			continue;
		if (columns->cells[i] > 0)
			origin.cell = columns->cells[i] - 1;
		answers->origins[answers->origin_count++] = origin;
	}
}

/* A place for each variable: their names are the user's, and cannot name parameters. */
static bool prepare_insert(struct answers *answers, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "INSERT INTO answers (row, source, line, record");
	for (size_t i = 0; i < answers->origin_count; i++) {
		char *name = store_quote_name(answers->dictionary->variables[answers->origins[i].variable].name);
		text_print(&sql, ", %s", name);
		free(name);
	}
	text_add(&sql, ") VALUES (?");
	for (size_t i = 1; i < RECORD + answers->origin_count; i++)
		text_add(&sql, ", ?");
	text_add(&sql, ")");
	bool ok = store_prepare(&answers->insert, answers->store, sql.bytes, err);
	text_free(&sql);
	return ok;
}

bool answers_begin(struct answers *answers, const struct source *source, const struct columns *columns,
                   struct watch *watch, struct error *err)
{
	end_export(answers);
	answers->source = source->number;
	answers->watch = watch;
	find_origins(answers, source, columns);
	return prepare_insert(answers, err);
}

bool answers_add(struct answers *answers, const struct csv_record *record, long long *row, struct error *err)
{
	sqlite3_stmt *insert = answers->insert;
	*row = ++answers->rows;
	sqlite3_bind_int64(insert, ROW, *row);
	sqlite3_bind_int64(insert, SOURCE, answers->source);
	sqlite3_bind_int64(insert, LINE, (sqlite3_int64)record->line);
	sqlite3_bind_int64(insert, RECORD, (sqlite3_int64)record->record);
	for (size_t i = 0; i < answers->origin_count; i++) {
		struct origin *origin = &answers->origins[i];
		const char *text = origin->fixed      ? origin->fixed
		                   : origin->gathered ? boxes_gather(&origin->boxes, record)
		                                      : record->fields[origin->cell];
		size_t length = strlen(text);
		if (!origin->fixed)
			watch_look(answers->watch, origin->variable, text, length);
		sqlite3_bind_text(insert, RECORD + 1 + (int)i, text, (int)length, SQLITE_STATIC);
	}
	return store_insert(answers->store, insert, err);
}

void answers_free(struct answers *answers)
{
	if (!answers)
		return;
	end_export(answers);
	free(answers);
}
