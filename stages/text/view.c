#include "view.h"

#include <stdlib.h>
#include <string.h>

#include "accepted.h"
#include "around.h"
#include "embedded.h"
#include "identifier.h"
#include "mem.h"

const char *text_view_text(sqlite3_stmt *select, int column)
{
	const char *text = (const char *)sqlite3_column_text(select, column);
	return text ? text : "";
}

bool text_view_each(const struct view *view, const char *sql, const char *state,
                    void (*row)(void *with, sqlite3_stmt *select), void *with, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool there = false;
	bool ok = store_prepare(&select, view->store, sql, err);
	if (ok && state)
		store_bind_text(select, ":state", state);
	while (ok && (ok = store_step(view->store, select, &there, err)) && there)
		row(with, select);
	sqlite3_finalize(select);
	return ok;
}

/* --- the words around what was found --- */

/* The reading under way: what was found and the answers, both in the order of the rows. */
struct laying {
	const struct view *view;
	const struct variable *key;
	struct store *ingested;
	struct accepted *accepted;
	sqlite3_stmt *found, *insert, *place;
	bool more; /* accepted stands on a row */
};

static bool refuse(const struct laying *with, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(with->view->store), 0, "made of other answers than these");
	return error_help(err, "run scan again with the same validated.db and ingested.db");
}

static bool bind_place(const struct laying *with, long long row, struct error *err)
{
	bool there = false;
	store_bind_integer(with->place, ":row", row);
	bool ok = store_step(with->ingested, with->place, &there, err);
	if (ok && there) {
		store_bind_text(with->insert, ":export", (const char *)sqlite3_column_text(with->place, 0));
		store_bind_integer(with->insert, ":line", sqlite3_column_int64(with->place, 1));
	}
	sqlite3_reset(with->place);
	return ok && (there || refuse(with, err));
}

/* The finding that `found` stands on, of the row that `accepted` stands on. */
static bool lay_found(const struct laying *with, struct error *err)
{
	const struct dictionary *dictionary = with->view->dictionary;
	const struct variable *variable = dictionary_variable(dictionary, text_view_text(with->found, 2));
	if (!variable || variable->treat != TREAT_REDACT)
		return refuse(with, err);
	const struct answer *answer = accepted_answer(with->accepted, (size_t)(variable - dictionary->variables));
	struct around around;
	if (answer->missing != MISSING_NONE
	    || !around_cut(&around, answer->text, (size_t)sqlite3_column_int64(with->found, 3),
	                   (size_t)sqlite3_column_int64(with->found, 4)))
		return refuse(with, err);
	const struct answer *key =
		with->key ? accepted_answer(with->accepted, (size_t)(with->key - dictionary->variables)) : NULL;
	store_bind_integer(with->insert, ":found", sqlite3_column_int64(with->found, 0));
	store_bind_text(with->insert, ":key", key && key->missing == MISSING_NONE ? key->text : NULL);
	store_bind_text(with->insert, ":before", around.before.bytes);
	store_bind_text(with->insert, ":words", around.words.bytes);
	store_bind_text(with->insert, ":after", around.after.bytes);
	around_release(&around);
	return bind_place(with, sqlite3_column_int64(with->found, 1), err)
	       && store_insert(with->view->store, with->insert, err);
}

static bool lay_words(struct laying *with, struct error *err)
{
	bool there = false, ok = store_step(with->view->store, with->found, &there, err);
	while (ok && there) {
		long long row = sqlite3_column_int64(with->found, 1);
		while (ok && with->more && accepted_row(with->accepted) < row)
			ok = accepted_next(with->accepted, &with->more, err);
		if (ok && (!with->more || accepted_row(with->accepted) != row))
			ok = refuse(with, err);
		ok = ok && lay_found(with, err) && store_step(with->view->store, with->found, &there, err);
	}
	return ok;
}

static bool lay_types(const struct view *view, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, view->store, "INSERT INTO temp.type VALUES (:type, :place, :words)", err);
	for (int i = IDENTIFIER_NONE + 1; ok && i < IDENTIFIER_COUNT; i++) {
		store_bind_text(insert, ":type", identifier_word((enum identifier)i));
		store_bind_integer(insert, ":place", i);
		store_bind_text(insert, ":words", identifier_words((enum identifier)i));
		ok = store_insert(view->store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool lay(const struct view *view, const char *validated, const char *ingested, struct error *err)
{
	const struct dictionary *dictionary = view->dictionary;
	struct laying with = { .view = view, .key = dictionary_role(dictionary, ROLE_KEY) };
	bool *wanted = mem_alloc(dictionary->variable_count, sizeof *wanted);
	for (size_t i = 0; i < dictionary->variable_count; i++)
		wanted[i] = dictionary->variables[i].treat == TREAT_REDACT || &dictionary->variables[i] == with.key;
	bool ok = store_run(view->store, sql_text_lay, err) && lay_types(view, err)
	          && store_open(&with.ingested, ingested, "ingest", err)
	          && store_prepare(&with.place, with.ingested, sql_scan_place, err)
	          && store_prepare(&with.found, view->store, sql_text_found, err)
	          && store_prepare(&with.insert, view->store, sql_text_show, err)
	          && accepted_open(&with.accepted, validated, ingested, dictionary, wanted, err)
	          && accepted_next(with.accepted, &with.more, err) && lay_words(&with, err);
	sqlite3_finalize(with.found);
	sqlite3_finalize(with.insert);
	sqlite3_finalize(with.place);
	accepted_close(with.accepted);
	store_close(with.ingested);
	free(wanted);
	return ok;
}

static void take_counts(void *with, sqlite3_stmt *select)
{
	struct view *view = with;
	long long *const counts[] = {
		&view->texts, &view->found, &view->open, &view->medium, &view->low, &view->decided
	};
	for (size_t i = 0; i < COUNT(counts); i++)
		*counts[i] = sqlite3_column_int64(select, (int)i);
}

bool text_view_open(struct view *view, const char *scanned, const char *validated, const char *ingested,
                    struct error *err)
{
	return store_open(&view->store, scanned, "scan", err) && lay(view, validated, ingested, err)
	       && text_view_each(view, sql_text_counts, NULL, take_counts, view, err);
}

void text_view_close(struct view *view)
{
	store_close(view->store);
	view->store = NULL;
}
