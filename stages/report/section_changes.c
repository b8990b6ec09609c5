#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "finding.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"
#include "provenance.h"

enum { PLACES = 10 };

static bool count(const struct view *view, const char *sql, long long *number, struct error *err)
{
	return store_read_integer(view->store, sql, 0, number, err);
}

bool section_changes_words(char **words, const struct view *view, struct error *err)
{
	long long new = 0, open = 0, gone = 0;
	*words = NULL;
	if (!view->seen) {
		*words = mem_copy_text("Not known: no earlier look is recorded yet.");
		return true;
	}
	if (!count(view,
	           "SELECT count(*) FROM finding AS f WHERE NOT EXISTS (SELECT 1 FROM temp.seen AS s"
	           " WHERE s.identity = f.identity AND s.code = f.code)",
	           &new, err)
	    || !count(view,
	              "SELECT count(*) FROM finding AS f WHERE EXISTS (SELECT 1 FROM temp.seen AS s"
	              " WHERE s.identity = f.identity AND s.code = f.code)"
	              " AND f.finding NOT IN (SELECT finding FROM temp.settled)",
	              &open, err)
	    || !count(view, "SELECT count(*) FROM temp.gone", &gone, err))
		return false;
	*words = new || gone
	                 ? mem_print("%lld new, %lld resolved, %lld still open (notes included) since you last looked.",
	                             new, gone, open)
	                 : mem_print("Nothing since you last looked; %lld still open (notes included).", open);
	return true;
}

static const char *title_of(const char *word)
{
	enum finding_code code;
	return finding_read_code(word, &code) ? finding_kind(code)->title : "(a code of another version)";
}

static bool add_codes(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "What", GRID_TEXT },
		{ "New", GRID_NUMBER },
		{ "Resolved", GRID_NUMBER },
		{ "Still open", GRID_NUMBER },
		{ "Still there, settled", GRID_NUMBER },
		{ "Code", GRID_DIGITS },
	};
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, view->store, sql_report_changes, err);
	grid_begin(&grid, "changes-table", "Findings since you last looked", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		grid_text(&grid, title_of(view_column(select, 0)));
		for (int i = 1; i <= 4; i++)
			grid_number(&grid, sqlite3_column_int64(select, i));
		grid_text(&grid, view_column(select, 0));
		grid_row(&grid, sqlite3_column_int64(select, 1) > 0 ? "new" : "");
	}
	sqlite3_finalize(select);
	grid_end(&grid, html);
	return ok;
}

static bool add_new(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Finding", GRID_DIGITS }, { "What", GRID_TEXT },   { "File", GRID_TEXT },
		{ "Line", GRID_TEXT },      { "Record", GRID_TEXT }, { "Variable, column or rule", GRID_TEXT },
	};
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false, any = false;
	bool ok = store_prepare(&select, view->store, sql_report_new, err);
	if (ok)
		store_bind_integer(select, ":places", PLACES);
	grid_begin(&grid, "changes-new", "The first new findings, the gravest first", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		char *id = view_code_id(view_column(select, 2), view_column(select, 1));
		grid_text(&grid, view_column(select, 0));
		grid_jump(&grid, id, title_of(view_column(select, 1)));
		for (int i = 3; i <= 6; i++)
			grid_text(&grid, view_column(select, i));
		grid_row(&grid, "");
		free(id);
		any = true;
	}
	sqlite3_finalize(select);
	if (any)
		grid_end(&grid, html);
	else
		grid_drop(&grid);
	return ok;
}

static bool add_gone(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = { { "Finding", GRID_DIGITS }, { "What", GRID_TEXT } };
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false, any = false;
	bool ok = store_prepare(&select, view->store, sql_report_gone, err);
	if (ok)
		store_bind_integer(select, ":places", PLACES);
	grid_begin(&grid, "changes-gone", "The first findings that are resolved", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		grid_text(&grid, view_column(select, 0));
		grid_text(&grid, title_of(view_column(select, 1)));
		grid_row(&grid, "");
		any = true;
	}
	sqlite3_finalize(select);
	if (any)
		grid_end(&grid, html);
	else
		grid_drop(&grid);
	return ok;
}

bool section_changes(struct text *html, const struct view *view, struct error *err)
{
	char *words = NULL, hash[PROVENANCE_HASH_SIZE];
	long long bytes;
	if (!view->seen) {
		const struct text_hole holes[] = { { "study", view->study->study.name, false } };
		text_fill(html, template_report_seen_html, TEXT_HTML, holes, COUNT(holes));
		return true;
	}
	if (!provenance_hash_file(hash, &bytes, view->seen, err) || !section_changes_words(&words, view, err))
		return false;
	html_page_words(html, words);
	free(words);
	words = mem_print("Compared with what you have looked at: %s, SHA-256 %s.",
	                  strrchr(view->seen, '/') ? strrchr(view->seen, '/') + 1 : view->seen, hash);
	html_page_words(html, words);
	free(words);
	return add_new(html, view, err) && add_gone(html, view, err) && add_codes(html, view, err);
}
