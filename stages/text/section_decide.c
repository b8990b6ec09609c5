/* How to decide, and what the decisions did. */
#include "sections.h"

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

struct lines {
	const struct view *view;
	struct text text;
};

/* One false alarm as an example of a decision about one finding, then a line for each type. */
static void add_line(void *with, sqlite3_stmt *select)
{
	struct lines *lines = with;
	const char *dataset = lines->view->dataset->name;
	if (lines->text.length == 0)
		text_print(&lines->text, "%s,%s,keep,,YOUR NAME,YYYY-MM-DD,it is no %s,\n", text_view_text(select, 4),
		           dataset, text_view_text(select, 0));
	text_print(&lines->text, DECISION_TEXT "%s:%s,%s,redact,,YOUR NAME,YYYY-MM-DD,looked at all %lld,\n",
	           text_view_text(select, 0), text_view_text(select, 1), dataset, sqlite3_column_int64(select, 2));
}

bool section_decide(struct text *html, const struct view *view, struct error *err)
{
	struct lines lines = { .view = view };
	bool ok = text_view_each(view, sql_text_open, NULL, add_line, &lines, err);
	if (ok && lines.text.length) {
		const struct text_hole hole = { "lines", lines.text.bytes, false };
		text_fill(html, template_text_decide_html, TEXT_HTML, &hole, 1);
	}
	text_free(&lines.text);
	return ok;
}

/* The decision on this line of decisions.csv, or NULL. */
static const struct decision *at_line(const struct decisions *decisions, long long line)
{
	for (size_t i = 0; i < decisions_count(decisions); i++)
		if ((long long)decisions_at(decisions, i)->line == line)
			return decisions_at(decisions, i);
	return NULL;
}

struct decided {
	const struct view *view;
	struct grid grid;
	size_t count;
	bool other; /* scan read other decisions than these */
};

static void add_decision(void *with, sqlite3_stmt *select)
{
	struct decided *decided = with;
	const struct decision *decision = at_line(decided->view->decisions, sqlite3_column_int64(select, 0));
	bool expired = sqlite3_column_int(select, 3), used = sqlite3_column_int(select, 4);
	decided->count++;
	if (!decision || !text_equal(decision->finding, text_view_text(select, 1))
	    || !text_equal(decision_word(decision->kind), text_view_text(select, 2))) {
		decided->other = true;
		return;
	}
	grid_text(&decided->grid, decision->finding);
	grid_text(&decided->grid, decision_word(decision->kind));
	grid_text(&decided->grid, decision->by);
	grid_text(&decided->grid, decision->when);
	grid_text(&decided->grid, decision->why);
	grid_text(&decided->grid, *decision->until ? decision->until : "for good");
	grid_text(&decided->grid, expired ? "expired: take it out or renew it"
	                          : used  ? "used"
	                                  : "matches nothing: take it out, or look whether the text changed");
	grid_row(&decided->grid, expired || !used ? "bad" : "");
}

bool text_section_decisions(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "About", GRID_DIGITS },     { "Decision", GRID_TEXT }, { "By", GRID_TEXT },
		{ "When", GRID_TEXT },        { "Why", GRID_TEXT },      { "Until", GRID_TEXT },
		{ "What it did", GRID_TEXT },
	};
	struct decided decided = { .view = view };
	grid_begin(&decided.grid, "decisions-table", "Decisions about the texts of this dataset", columns,
	           COUNT(columns));
	bool ok = text_view_each(view, sql_text_decisions, NULL, add_decision, &decided, err);
	if (ok && (decided.other || decided.count != decisions_count(view->decisions))) {
		error_at(err, ERROR_INPUT, store_path(view->store), 0, "made with other decisions than these");
		ok = error_help(err, "run scan again with the same decisions.csv");
	}
	if (ok && decided.count > 0)
		grid_end(&decided.grid, html);
	else
		grid_drop(&decided.grid);
	if (ok && decided.count == 0)
		html_page_words(html, "None has been made about the texts of this dataset.");
	return ok;
}
