#include "accepted.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "form.h"
#include "mem.h"
#include "store.h"
#include "text.h"

struct accepted {
	const struct dictionary *dictionary;
	const bool *wanted;
	struct store *validated;
	struct forms *forms;
	sqlite3_stmt *rows, *amendments;
	bool amendment;         /* the amendments' cursor stands on one */
	struct answer *answers; /* of the current row, by variable */
	char **corrections;     /* the corrected text of the current row's cell, by variable; owned */
};

/* SELECT row, source, then the wanted variables in the dictionary's order. */
static bool prepare_rows(struct accepted *accepted, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "SELECT a.row, a.source");
	for (size_t i = 0; i < accepted->dictionary->variable_count; i++) {
		if (!accepted->wanted[i])
			continue;
		char *name = store_quote_name(accepted->dictionary->variables[i].name);
		text_print(&sql, ", a.%s", name);
		free(name);
	}
	text_add(
		&sql,
		" FROM ingested.answers a JOIN main.judgement j ON j.row = a.row WHERE j.status = 'accepted' ORDER BY a.row");
	bool ok = store_prepare(&accepted->rows, accepted->validated, sql.bytes, err);
	text_free(&sql);
	return ok;
}

bool accepted_open(struct accepted **accepted, const char *validated, const char *ingested,
                   const struct dictionary *dictionary, const bool *wanted, struct error *err)
{
	struct accepted *opened = mem_alloc(1, sizeof *opened);
	opened->dictionary = dictionary;
	opened->wanted = wanted;
	opened->answers = mem_alloc(dictionary->variable_count, sizeof *opened->answers);
	opened->corrections = mem_alloc(dictionary->variable_count, sizeof *opened->corrections);
	bool ok = store_open(&opened->validated, validated, "validate", err)
	          && store_attach(opened->validated, ingested, "ingest", "ingested", err)
	          && forms_load(&opened->forms, opened->validated, err) && prepare_rows(opened, err)
	          && store_prepare(&opened->amendments, opened->validated, sql_accepted_amended, err)
	          && store_step(opened->validated, opened->amendments, &opened->amendment, err);
	if (!ok) {
		accepted_close(opened);
		return false;
	}
	*accepted = opened;
	return true;
}

/* Both cursors are ordered by row: take the amendments of this one. */
static bool amend(struct accepted *accepted, long long row, const struct form *form, struct error *err)
{
	while (accepted->amendment && sqlite3_column_int64(accepted->amendments, 0) <= row) {
		const char *name = (const char *)sqlite3_column_text(accepted->amendments, 1);
		const char *missing = (const char *)sqlite3_column_text(accepted->amendments, 2);
		const char *value = (const char *)sqlite3_column_text(accepted->amendments, 3);
		const struct variable *variable = dictionary_variable(accepted->dictionary, name);
		if (!variable)
			return error_at(err, ERROR_INPUT, store_path(accepted->validated), 0,
			                "it was validated with another dictionary");
		size_t index = (size_t)(variable - accepted->dictionary->variables);
		if (sqlite3_column_int64(accepted->amendments, 0) == row && accepted->wanted[index]) {
			struct answer *answer = &accepted->answers[index];
			if (missing) {
				answer_release(answer);
				if (!missing_reason_read(missing, &answer->missing))
					return error_at(err, ERROR_INPUT, store_path(accepted->validated), 0,
					                "it holds an unknown reason for missing");
			} else {
				accepted->corrections[index] = mem_copy_text(value ? value : "");
				answer_read(answer, accepted->dictionary, variable, accepted->corrections[index], form);
			}
		}
		if (!store_step(accepted->validated, accepted->amendments, &accepted->amendment, err))
			return false;
	}
	return true;
}

bool accepted_next(struct accepted *accepted, bool *more, struct error *err)
{
	if (!store_step(accepted->validated, accepted->rows, more, err))
		return false;
	if (!*more)
		return true;
	const struct form *form = forms_of(accepted->forms, sqlite3_column_int64(accepted->rows, 1));
	int column = 2;
	if (!form)
		return error_at(err, ERROR_INPUT, store_path(accepted->validated), 0,
		                "an accepted row stands in no export that was ingested");
	for (size_t i = 0; i < accepted->dictionary->variable_count; i++) {
		if (!accepted->wanted[i])
			continue;
		free(accepted->corrections[i]);
		accepted->corrections[i] = NULL;
		answer_read(&accepted->answers[i], accepted->dictionary, &accepted->dictionary->variables[i],
		            (const char *)sqlite3_column_text(accepted->rows, column++), form);
	}
	return amend(accepted, sqlite3_column_int64(accepted->rows, 0), form, err);
}

long long accepted_row(const struct accepted *accepted)
{
	return sqlite3_column_int64(accepted->rows, 0);
}

const struct answer *accepted_answer(const struct accepted *accepted, size_t variable)
{
	return &accepted->answers[variable];
}

void accepted_close(struct accepted *accepted)
{
	if (!accepted)
		return;
	for (size_t i = 0; i < accepted->dictionary->variable_count; i++) {
		free(accepted->corrections[i]);
		answer_release(&accepted->answers[i]);
	}
	free(accepted->corrections);
	free(accepted->answers);
	sqlite3_finalize(accepted->rows);
	sqlite3_finalize(accepted->amendments);
	forms_free(accepted->forms);
	store_close(accepted->validated);
	free(accepted);
}
