#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

/* The conditions that protect let be shown by an exception, each between line ends. */
static void add_condition(void *with, sqlite3_stmt *select)
{
	text_print(with, "\n%s\n", view_text(select, 0));
}

static bool is_among(const struct text *conditions, const char *condition)
{
	char *line = mem_print("\n%s\n", condition);
	bool among = conditions->length && strstr(conditions->bytes, line);
	free(line);
	return among;
}

static void add_exception(struct grid *grid, const struct view *view, const struct study_exception *exception,
                          const struct text *shown)
{
	struct text words = { 0 };
	size_t cell = universe_find(view->universe, exception->condition);
	view_say_condition(&words, view, exception->condition);
	grid_text(grid, words.bytes);
	if (cell)
		grid_number(grid, view->universe->cells[cell - 1].n);
	else
		grid_text(grid, "–");
	grid_text(grid, exception->who);
	grid_text(grid, exception->why);
	grid_text(grid, exception->date);
	grid_text(grid, exception->expires);
	bool made = is_among(shown, exception->condition);
	grid_text(grid, made                  ? "shown by this exception"
	                : exception->in_force ? "changes nothing: the count is safe as it is"
	                                      : "not made: the study’s date is another");
	grid_row(grid, made ? "" : "check");
	text_free(&words);
}

bool section_exceptions(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Who is counted", GRID_TEXT },
		{ "Count", GRID_NUMBER },
		{ "Decided by", GRID_TEXT },
		{ "Why", GRID_TEXT },
		{ "From", GRID_TEXT },
		{ "Until", GRID_TEXT },
		{ "What became of it", GRID_TEXT },
	};
	const struct study_disclosure *policy = &view->study->disclosure;
	struct text shown = { 0 };
	struct grid grid;
	if (policy->exceptions_count == 0)
		return true;
	bool ok = view_each(view, sql_disclosure_exceptions, add_condition, &shown, err);
	if (ok) {
		html_page_words(
			html,
			"These counts would be hidden. They are shown because somebody answers for it; everything else is protected "
			"with them in view, and the attack knows them. Readers are told how many exceptions were made, and "
			"no more.");
		grid_begin(&grid, "exceptions-table", "Exceptions to the policy", columns, COUNT(columns));
		for (unsigned i = 0; i < policy->exceptions_count; i++)
			add_exception(&grid, view, &policy->exceptions[i], &shown);
		grid_end(&grid, html);
	}
	text_free(&shown);
	return ok;
}
