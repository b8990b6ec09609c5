/* How much was found of what, and in which variables. */
#include "sections.h"

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

static void add_type(void *with, sqlite3_stmt *select)
{
	struct grid *grid = with;
	grid_text(grid, text_view_text(select, 0));
	grid_text(grid, text_view_text(select, 1));
	for (int i = 2; i < 8; i++)
		grid_number(grid, sqlite3_column_int64(select, i));
	grid_row(grid, "");
}

bool section_types(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "What", GRID_TEXT },       { "Type", GRID_DIGITS },
		{ "Sure", GRID_NUMBER },     { "Of these open", GRID_NUMBER },
		{ "Likely", GRID_NUMBER },   { "Possible", GRID_NUMBER },
		{ "Replaced", GRID_NUMBER }, { "Kept", GRID_NUMBER },
	};
	struct grid grid;
	if (view->found == 0) {
		html_page_words(html, "Nothing was found.");
		return true;
	}
	grid_begin(&grid, "types-table", "What was found, by type", columns, COUNT(columns));
	bool ok = text_view_each(view, sql_text_types, NULL, add_type, &grid, err);
	if (ok)
		grid_end(&grid, html);
	else
		grid_drop(&grid);
	return ok;
}

struct variables {
	struct grid grid;
	const struct view *view;
};

static void add_variable(void *with, sqlite3_stmt *select)
{
	struct variables *variables = with;
	const struct variable *variable = dictionary_variable(variables->view->dictionary, text_view_text(select, 0));
	grid_text(&variables->grid, text_view_text(select, 0));
	grid_text(&variables->grid, variable && variable->label ? variable->label : "");
	for (int i = 1; i < 4; i++)
		grid_number(&variables->grid, sqlite3_column_int64(select, i));
	grid_row(&variables->grid, "");
}

bool section_scanned(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Variable", GRID_DIGITS },
		{ "Label", GRID_TEXT },
		{ "Texts", GRID_NUMBER },
		{ "With a finding", GRID_NUMBER },
		{ "In which something is replaced", GRID_NUMBER },
	};
	struct variables variables = { .view = view };
	grid_begin(&variables.grid, "scanned-table", "The texts that were scanned", columns, COUNT(columns));
	bool ok = text_view_each(view, sql_text_variables, NULL, add_variable, &variables, err);
	if (ok && view->texts)
		grid_end(&variables.grid, html);
	else
		grid_drop(&variables.grid);
	if (ok)
		html_page_words(
			html,
			"The redacted texts stand in scanned.db, in the table text. They never leave restricted/ by "
			"themselves: what is quoted goes through the list of quotes that the steward approves.");
	return ok;
}
