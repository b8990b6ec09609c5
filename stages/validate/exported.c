#include "exported.h"

#include <stdlib.h>

#include "mem.h"
#include "text.h"

enum { COLUMN_ROW, COLUMN_SOURCE, COLUMN_LINE, COLUMN_RECORD, COLUMN_CELLS };

struct exported {
	struct store *store;
	size_t variable_count;
	struct mem_arena *texts;
	struct forms *forms;
	struct exported_source *sources;
	size_t source_count, source_capacity;
	sqlite3_stmt *select;
	const char **cells;
	struct exported_row row;
};

static bool load_sources(struct exported *exported, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	static const char sources[] = "SELECT source, name, coalesce(wave, '') FROM ingested.source ORDER BY source";
	bool ok = forms_load(&exported->forms, exported->store, err)
	          && store_prepare(&select, exported->store, sources, err);
	while (ok && (ok = store_step(exported->store, select, &row, err)) && row) {
		exported->sources = mem_grow(exported->sources, exported->source_count, &exported->source_capacity,
		                             sizeof *exported->sources);
		exported->sources[exported->source_count++] = (struct exported_source){
			.source = sqlite3_column_int64(select, 0),
			.name = mem_arena_copy(exported->texts, (const char *)sqlite3_column_text(select, 1)),
			.wave = mem_arena_copy(exported->texts, (const char *)sqlite3_column_text(select, 2)),
			.form = forms_of(exported->forms, sqlite3_column_int64(select, 0)),
		};
	}
	sqlite3_finalize(select);
	return ok;
}

/* A variable that is new in the dictionary has no column yet: that is no blank answer, but an ingested.db of another
 * day. */
static bool check_columns(struct store *store, const struct dictionary *dictionary, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	static const char columns[] = "SELECT name FROM pragma_table_info('answers', 'ingested')";
	bool *there = mem_alloc(dictionary->variable_count, sizeof *there);
	bool ok = store_prepare(&select, store, columns, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		const struct variable *variable =
			dictionary_variable(dictionary, (const char *)sqlite3_column_text(select, 0));
		if (variable)
			there[variable - dictionary->variables] = true;
	}
	sqlite3_finalize(select);
	for (size_t i = 0; ok && i < dictionary->variable_count; i++) {
		if (there[i])
			continue;
		ok = error_set(err, ERROR_INPUT, "ingested with another dictionary: the rows have no column for %s",
		               dictionary->variables[i].name);
		error_help(err, "run ingest again with this dictionary; make does so by itself");
	}
	free(there);
	return ok;
}

static bool prepare_rows(struct exported *exported, const struct dictionary *dictionary, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "SELECT row, source, line, record");
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		char *name = store_quote_name(dictionary->variables[i].name);
		text_print(&sql, ", %s", name);
		free(name);
	}
	text_add(&sql, " FROM ingested.answers ORDER BY row");
	bool ok = store_prepare(&exported->select, exported->store, sql.bytes, err);
	text_free(&sql);
	return ok;
}

bool exported_open(struct exported **exported, struct store *store, const struct dictionary *dictionary,
                   struct error *err)
{
	struct exported *opened = mem_alloc(1, sizeof *opened);
	opened->store = store;
	opened->variable_count = dictionary->variable_count;
	opened->texts = mem_arena_new();
	opened->cells = mem_alloc(dictionary->variable_count, sizeof *opened->cells);
	opened->row.cells = opened->cells;
	if (!load_sources(opened, err) || !check_columns(store, dictionary, err)
	    || !prepare_rows(opened, dictionary, err)) {
		exported_close(opened);
		return false;
	}
	*exported = opened;
	return true;
}

void exported_close(struct exported *exported)
{
	if (!exported)
		return;
	sqlite3_finalize(exported->select);
	forms_free(exported->forms);
	mem_arena_free(exported->texts);
	free(exported->sources);
	free(exported->cells);
	free(exported);
}

size_t exported_source_count(const struct exported *exported)
{
	return exported->source_count;
}

const struct exported_source *exported_source_at(const struct exported *exported, size_t index)
{
	return &exported->sources[index];
}

void exported_rewind(struct exported *exported)
{
	sqlite3_reset(exported->select);
}

static const struct exported_source *find_source(const struct exported *exported, long long source)
{
	for (size_t i = 0; i < exported->source_count; i++)
		if (exported->sources[i].source == source)
			return &exported->sources[i];
	return NULL;
}

bool exported_next(struct exported *exported, const struct exported_row **row, struct error *err)
{
	bool more = false;
	*row = NULL;
	if (!store_step(exported->store, exported->select, &more, err))
		return false;
	if (!more)
		return true;
	struct exported_row *current = &exported->row;
	current->row = sqlite3_column_int64(exported->select, COLUMN_ROW);
	current->source = find_source(exported, sqlite3_column_int64(exported->select, COLUMN_SOURCE));
	current->line = (size_t)sqlite3_column_int64(exported->select, COLUMN_LINE);
	current->record = (size_t)sqlite3_column_int64(exported->select, COLUMN_RECORD);
	for (size_t i = 0; i < exported->variable_count; i++)
		exported->cells[i] = (const char *)sqlite3_column_text(exported->select, COLUMN_CELLS + (int)i);
	if (!current->source)
		return error_set(err, ERROR_FAULT, "row %lld of the ingested rows stands in no export", current->row);
	*row = current;
	return true;
}
