#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "provenance.h"
#include "grid.h"

static bool add_versions(struct text *html, const struct view *view, struct error *err)
{
	char *version = NULL;
	if (!provenance_read(&version, view->store, "version", err))
		return false;
	char *words = mem_print("Judged by Canvass %s. The same inputs give the same report, byte for byte.",
	                        version ? version : "of an unknown version");
	section_words(html, words);
	free(words);
	free(version);
	return true;
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
	bool ok = add_versions(html, view, err) && store_prepare(&select, view->store, sql_report_inputs, err);
	grid_begin(&grid, "inputs-table", "Inputs, by content", columns, COUNT(columns));
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
