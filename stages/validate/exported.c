#include "exported.h"

#include <stdlib.h>

#include "mem.h"
#include "text.h"

enum { COLUMN_ROW, COLUMN_SOURCE, COLUMN_LINE, COLUMN_RECORD, COLUMN_CELLS };

struct exported {
	struct store *store;
	const struct dictionary *dictionary;
	struct mem_arena *texts;
	struct forms *forms;
	struct exported_source *sources;
	size_t source_count, source_capacity;
	sqlite3_stmt *select, *one; /* the rows one after another; one by its number */
	bool *wanted;               /* of the variables, those that select reads */
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

/* Of the wanted variables (NULL: all) those rows that `which` says. */
static bool prepare_rows(sqlite3_stmt **select, const struct exported *exported, const bool *wanted, const char *which,
                         struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "SELECT row, source, line, record");
	for (size_t i = 0; i < exported->dictionary->variable_count; i++) {
		char *name = store_quote_name(exported->dictionary->variables[i].name);
		if (!wanted || wanted[i])
			text_print(&sql, ", %s", name);
		free(name);
	}
	text_print(&sql, " FROM ingested.answers %s", which);
	bool ok = store_prepare(select, exported->store, sql.bytes, err);
	text_free(&sql);
	return ok;
}

bool exported_begin(struct exported *exported, const bool *wanted, struct error *err)
{
	for (size_t i = 0; i < exported->dictionary->variable_count; i++)
		exported->wanted[i] = !wanted || wanted[i];
	sqlite3_finalize(exported->select);
	exported->select = NULL;
	return prepare_rows(&exported->select, exported, wanted, "ORDER BY row", err);
}

bool exported_open(struct exported **exported, struct store *store, const struct dictionary *dictionary,
                   struct error *err)
{
	struct exported *opened = mem_alloc(1, sizeof *opened);
	opened->store = store;
	opened->dictionary = dictionary;
	opened->texts = mem_arena_new();
	opened->wanted = mem_alloc(dictionary->variable_count, sizeof *opened->wanted);
	opened->cells = mem_alloc(dictionary->variable_count, sizeof *opened->cells);
	opened->row.cells = opened->cells;
	if (!load_sources(opened, err) || !check_columns(store, dictionary, err) || !exported_begin(opened, NULL, err)
	    || !prepare_rows(&opened->one, opened, NULL, "WHERE row = :row", err)) {
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
	sqlite3_finalize(exported->one);
	forms_free(exported->forms);
	mem_arena_free(exported->texts);
	free(exported->sources);
	free(exported->wanted);
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

static bool take_row(struct exported *exported, sqlite3_stmt *select, const bool *wanted, struct error *err)
{
	struct exported_row *row = &exported->row;
	int column = COLUMN_CELLS;
	row->row = sqlite3_column_int64(select, COLUMN_ROW);
	row->source = find_source(exported, sqlite3_column_int64(select, COLUMN_SOURCE));
	row->line = (size_t)sqlite3_column_int64(select, COLUMN_LINE);
	row->record = (size_t)sqlite3_column_int64(select, COLUMN_RECORD);
	for (size_t i = 0; i < exported->dictionary->variable_count; i++) {
		bool read = !wanted || wanted[i];
		exported->cells[i] = read ? (const char *)sqlite3_column_text(select, column++) : NULL;
	}
	return row->source
	       || error_set(err, ERROR_FAULT, "row %lld of the ingested rows stands in no export", row->row);
}

bool exported_next(struct exported *exported, const struct exported_row **row, struct error *err)
{
	bool more = false;
	*row = NULL;
	if (!store_step(exported->store, exported->select, &more, err))
		return false;
	if (more && !take_row(exported, exported->select, exported->wanted, err))
		return false;
	*row = more ? &exported->row : NULL;
	return true;
}

bool exported_read(struct exported *exported, long long number, const struct exported_row **row, struct error *err)
{
	bool there = false;
	sqlite3_reset(exported->one);
	store_bind_integer(exported->one, ":row", number);
	if (!store_step(exported->store, exported->one, &there, err))
		return false;
	*row = &exported->row;
	return there ? take_row(exported, exported->one, NULL, err)
	             : error_set(err, ERROR_FAULT, "there is no row %lld any more", number);
}
