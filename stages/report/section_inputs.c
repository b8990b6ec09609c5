#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"

static bool add_versions(struct text *html, const struct view *view, struct error *err)
{
	char *judged = NULL, *read = NULL;
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = provenance_read(&judged, view->store, "version", err)
	          && store_prepare(&select, view->store, "SELECT value FROM ingested.provenance WHERE item = 'version'",
	                           err)
	          && store_step(view->store, select, &row, err);
	if (ok && row)
		read = mem_copy_text(view_column(select, 0));
	if (ok) {
		char *words = mem_print(
			"Read by Canvass %s, judged by Canvass %s, told by Canvass %s. The same inputs give the "
			"same report, byte for byte: it holds no clock.",
			read ? read : "of an unknown version", judged ? judged : "of an unknown version",
			CANVASS_VERSION);
		html_page_words(html, words);
		free(words);
	}
	sqlite3_finalize(select);
	free(judged);
	free(read);
	return ok;
}

/* The settings are the config's, or the platform's where it says nothing. */
static bool add_exports(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "File", GRID_TEXT },    { "Platform", GRID_TEXT },  { "Encoding", GRID_TEXT },
		{ "Dates", GRID_TEXT },   { "Decimals", GRID_TEXT },  { "Between codes", GRID_TEXT },
		{ "Bytes", GRID_NUMBER }, { "SHA-256", GRID_DIGITS },
	};
	enum { BYTES = 6 };
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, view->store, sql_report_exports, err);
	grid_begin(&grid, "exports-table", "Each export, and how it was read", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		for (int i = 0; i < (int)COUNT(columns); i++)
			if (i == BYTES && view_column(select, i))
				grid_number(&grid, sqlite3_column_int64(select, i));
			else
				grid_text(&grid, view_column(select, i));
		grid_row(&grid, "");
	}
	sqlite3_finalize(select);
	grid_end(&grid, html);
	return ok;
}

bool section_inputs(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Read by", GRID_TEXT }, { "What", GRID_TEXT },      { "Name", GRID_TEXT },
		{ "Bytes", GRID_NUMBER }, { "SHA-256", GRID_DIGITS },
	};
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = add_versions(html, view, err) && add_exports(html, view, err)
	          && store_prepare(&select, view->store, sql_report_inputs, err);
	grid_begin(&grid, "inputs-table", "All inputs, by content", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		const char *name = view_column(select, 1), *role = view_column(select, 2);
		size_t length = strlen(role);
		grid_text(&grid, view_column(select, 0));
		grid_text(&grid, role);
		grid_text(&grid, strncmp(name, role, length) == 0 && name[length] == ':' ? name + length + 1 : name);
		grid_number(&grid, sqlite3_column_int64(select, 3));
		grid_text(&grid, view_column(select, 4));
		grid_row(&grid, "");
	}
	sqlite3_finalize(select);
	grid_end(&grid, html);
	return ok;
}
