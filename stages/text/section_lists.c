/* What was found, in its words: the lists of the page. */
#include "sections.h"

#include <stdlib.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

enum { MOST_ROWS = 500 /* of one list on the page; found.csv has all */ };

struct list {
	const struct view *view;
	struct grid grid;
	bool open;
	long long rows;
};

static void add_row(void *with, sqlite3_stmt *select)
{
	struct list *list = with;
	const char *variable = text_view_text(select, LIST_VARIABLE);
	if (list->rows++ >= MOST_ROWS)
		return;
	grid_text(&list->grid, text_view_text(select, LIST_IDENTITY));
	grid_text(&list->grid, text_view_text(select, LIST_TYPE));
	grid_value(&list->grid, text_view_text(select, LIST_BEFORE));
	grid_value(&list->grid, text_view_text(select, LIST_WORDS));
	grid_value(&list->grid, text_view_text(select, LIST_AFTER));
	grid_text(&list->grid, text_view_text(select, LIST_REASON));
	grid_text(&list->grid,
	          *text_view_text(select, LIST_PLACEHOLDER) ? text_view_text(select, LIST_PLACEHOLDER) : "stays");
	grid_text(&list->grid, variable);
	grid_value(&list->grid, *text_view_text(select, LIST_KEY) ? text_view_text(select, LIST_KEY) : NULL);
	grid_row(&list->grid, list->open ? "bad" : "");
}

static bool add_list(struct text *html, const struct view *view, const char *state, const char *id, const char *caption,
                     struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Finding", GRID_DIGITS }, { "Type", GRID_TEXT },       { "Before", GRID_TEXT },
		{ "Words", GRID_TEXT },     { "After", GRID_TEXT },      { "Why", GRID_TEXT },
		{ "Becomes", GRID_TEXT },   { "Variable", GRID_DIGITS }, { "Whose", GRID_TEXT },
	};
	struct list list = { .view = view, .open = *state == 'o' };
	grid_begin(&list.grid, id, caption, columns, COUNT(columns));
	bool ok = text_view_each(view, sql_text_list, state, add_row, &list, err);
	if (ok)
		grid_end(&list.grid, html);
	else
		grid_drop(&list.grid);
	if (ok && list.rows > MOST_ROWS) {
		char *words = mem_print("The first %d of %lld: found.csv has all.", MOST_ROWS, list.rows);
		html_page_words(html, words);
		free(words);
	}
	return ok;
}

bool section_open(struct text *html, const struct view *view, struct error *err)
{
	if (view->open == 0)
		return true;
	html_page_words(
		html, "These can hardly be anything else. They are replaced already; the study is not released before "
		      "you have looked at each and said so, or kept it as a false alarm.");
	return add_list(html, view, "open", "open-table", "Sure, and not decided", err);
}

bool section_medium(struct text *html, const struct view *view, struct error *err)
{
	if (view->medium == 0)
		return true;
	html_page_words(html, "These are replaced unless you keep them. They hold no release up.");
	return add_list(html, view, "medium", "medium-table", "Likely, and not decided", err);
}

bool section_low(struct text *html, const struct view *view, struct error *err)
{
	if (view->low == 0)
		return true;
	html_page_words(
		html,
		"These stay in the redacted text unless you have them replaced. Taken one by one they tell little; "
		"with what else is known of somebody they may be enough.");
	return add_list(html, view, "low", "low-table", "Possible, and not decided", err);
}

bool section_decided(struct text *html, const struct view *view, struct error *err)
{
	return view->decided == 0 || add_list(html, view, "decided", "decided-table", "Decided by the steward", err);
}
