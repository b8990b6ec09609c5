#include "sections.h"

#include "embedded.h"
#include "html_page.h"
#include "mem.h"
#include "grid.h"

/* The decision on this line of decisions.csv, or NULL. */
static const struct decision *at_line(const struct decisions *decisions, long long line)
{
	for (size_t i = 0; i < decisions_count(decisions); i++)
		if ((long long)decisions_at(decisions, i)->line == line)
			return decisions_at(decisions, i);
	return NULL;
}

static void add_decision(struct grid *grid, const struct decision *decision, bool expired, bool used)
{
	grid_text(grid, decision->finding);
	grid_text(grid, decision_word(decision->kind));
	grid_value(grid, decision->kind == DECISION_CORRECT ? decision->value : NULL);
	grid_text(grid, decision->by);
	grid_text(grid, decision->when);
	grid_text(grid, decision->why);
	grid_text(grid, *decision->until ? decision->until : "for good");
	grid_text(grid, expired ? "expired: take it out or renew it"
	                : used  ? "used"
	                        : "matches nothing: take it out, or look whether the finding changed");
	grid_row(grid, expired || !used ? "bad" : "");
}

/* What validate did with each; it read the same file, or the two speak of different things. */
static bool add_decisions(struct grid *grid, const struct view *view, size_t *count, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, view->store, sql_report_decisions, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		const struct decision *decision = at_line(view->decisions, sqlite3_column_int64(select, 0));
		if (!decision || !text_equal(decision->finding, view_column(select, 1))
		    || !text_equal(decision_word(decision->kind), view_column(select, 2))) {
			ok = false;
			break;
		}
		add_decision(grid, decision, sqlite3_column_int64(select, 3) != 0,
		             sqlite3_column_int64(select, 4) != 0);
		(*count)++;
	}
	sqlite3_finalize(select);
	if ((ok && *count == decisions_count(view->decisions)) || err->kind != ERROR_NONE)
		return ok;
	error_at(err, ERROR_INPUT, store_path(view->store), 0, "made with other decisions than these");
	return error_help(err, "run validate again with the same decisions.csv");
}

/* One finding to show how a decision is written: any with an identity will do, the first is the gravest's. */
static bool add_example(struct text *html, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, view->store, sql_report_example, err)
	          && store_step(view->store, select, &row, err);
	if (ok && row) {
		const struct text_hole holes[] = {
			{ "identity", view_column(select, 0), false }, { "code", view_column(select, 1), false },
			{ "dataset", view->dataset->name, false },     { "decision", view_column(select, 2), false },
			{ "value", view_column(select, 3), false },    { "why", view_column(select, 4), false },
		};
		text_fill(html, template_report_example_html, TEXT_HTML, holes, COUNT(holes));
	}
	sqlite3_finalize(select);
	return ok;
}

bool section_decisions(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "About", GRID_DIGITS }, { "Decision", GRID_TEXT },    { "Value", GRID_TEXT },
		{ "By", GRID_TEXT },      { "When", GRID_TEXT },        { "Why", GRID_TEXT },
		{ "Until", GRID_TEXT },   { "What it did", GRID_TEXT },
	};
	struct grid grid;
	struct text table = { 0 };
	size_t count = 0;
	grid_begin(&grid, "decisions-table", "Decisions about this dataset", columns, COUNT(columns));
	bool ok = add_decisions(&grid, view, &count, err);
	grid_end(&grid, &table);
	if (ok && count > 0)
		text_add(html, table.bytes);
	else if (ok)
		html_page_words(html, "None has been made about this dataset.");
	text_free(&table);
	return ok && add_example(html, view, err);
}
