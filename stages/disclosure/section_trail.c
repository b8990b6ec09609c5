#include "sections.h"

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

static void add_item(void *with, sqlite3_stmt *select)
{
	struct grid *grid = with;
	grid_text(grid, view_text(select, 0));
	grid_value(grid, view_text(select, 1));
	grid_row(grid, "");
}

static void add_release(void *with, sqlite3_stmt *select)
{
	struct grid *grid = with;
	grid_number(grid, sqlite3_column_int64(select, 0));
	for (int column = 1; column < 4; column++)
		grid_text(grid, view_text(select, column));
	grid_row(grid, "");
}

bool section_trail(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column items[] = { { "What", GRID_TEXT }, { "Which", GRID_DIGITS } };
	static const struct grid_column releases[] = {
		{ "Release", GRID_NUMBER }, { "Date", GRID_TEXT }, { "By", GRID_TEXT }, { "Why", GRID_TEXT }
	};
	struct grid grid;
	grid_begin(&grid, "trail-items", "The policy, what each stage read, and the verdict", items, COUNT(items));
	bool ok = view_each(view, sql_disclosure_trail, add_item, &grid, err);
	grid_end(&grid, html);
	if (!ok || !view->has_ledger) {
		html_page_words(html, "Nothing was released before: there is no ledger.");
		return ok;
	}
	grid_begin(&grid, "trail-releases", "What was released before", releases, COUNT(releases));
	ok = view_each(view, sql_disclosure_releases, add_release, &grid, err);
	grid_end(&grid, html);
	return ok;
}
