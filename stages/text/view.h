/* What was found in the texts of a dataset, and what the page is made from; borrowed by its parts. */
#ifndef CANVASS_TEXT_VIEW_H
#define CANVASS_TEXT_VIEW_H

#include "decision.h"
#include "dictionary.h"
#include "error.h"
#include "roster.h"
#include "store.h"
#include "study.h"
#include "text.h"

#include <stdbool.h>

struct view {
	const struct study *study;
	const struct study_dataset *dataset;
	const struct dictionary *dictionary;
	const struct decisions *decisions;
	const struct roster *roster; /* NULL: there is none */
	struct store *store;         /* scanned.db, with the temporary tables of sql/text/lay.sql */
	long long texts, found, open, medium, low, decided;
};

/* Open scanned.db, and lay beside what was found the words around it, from the answers that it was found in. Files that
 * were not made of each other are an error. */
bool text_view_open(struct view *view, const char *scanned, const char *validated, const char *ingested,
                    struct error *err);
void text_view_close(struct view *view);

/* Call `row` for every row that the query gives; `state`: NULL binds NULL, where the query has such a parameter. */
bool text_view_each(const struct view *view, const char *sql, const char *state,
                    void (*row)(void *with, sqlite3_stmt *select), void *with, struct error *err);

/* A text of the current row; "" where it is NULL. */
const char *text_view_text(sqlite3_stmt *select, int column);

/* The columns of sql/text/list.sql. */
enum list_column {
	LIST_IDENTITY,
	LIST_TYPE,
	LIST_VARIABLE,
	LIST_CONFIDENCE,
	LIST_REASON,
	LIST_START,
	LIST_LENGTH,
	LIST_PLACEHOLDER,
	LIST_DECISION,
	LIST_STATE,
	LIST_KEY,
	LIST_EXPORT,
	LIST_LINE,
	LIST_BEFORE,
	LIST_WORDS,
	LIST_AFTER,
	LIST_COLUMNS,
};

#endif
