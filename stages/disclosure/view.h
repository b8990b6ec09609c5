/* Everything that the page is made from; borrowed by its parts. */
#ifndef CANVASS_DISCLOSURE_VIEW_H
#define CANVASS_DISCLOSURE_VIEW_H

#include "universe.h"
#include "error.h"
#include "store.h"
#include "study.h"
#include "text.h"

#include <stdbool.h>

struct view {
	const struct study *study;
	struct store *store; /* compared.db; attached: protected, withheld, audited, and ledger where there is one */
	struct universe *universe;
	bool has_ledger;
	bool passed; /* the audit */
	long long figures, hidden_figures, hidden_cells, secondary_cells, attacked, releases;
};

/* Open the four files, which must be of one run, and count. `ledger` NULL, or no such file: nothing was released. */
bool view_open(struct view *view, const struct study *study, char *const paths[4], const char *ledger,
               struct error *err);
void view_close(struct view *view);

/* A condition in the words of the data dictionary: "survey: Area is Luton, How often lonely is not Never". */
void view_say_condition(struct text *words, const struct view *view, const char *condition);

/* The label of kind variable, code or area with this name; NULL: there is none. */
const char *view_label(const struct view *view, const char *kind, const char *name);

/* Call `row` for every row that the query gives. */
bool view_each(const struct view *view, const char *sql, void (*row)(void *with, sqlite3_stmt *select), void *with,
               struct error *err);

/* A text of the current row; "" where it is NULL. */
const char *view_text(sqlite3_stmt *select, int column);

#endif
