#include "sections.h"

#include <stdint.h>
#include <stdlib.h>

#include "embedded.h"
#include "finding.h"
#include "grid.h"
#include "groups.h"
#include "html_page.h"
#include "mem.h"

enum { CAUSES = 15, COUNTED = 10, LONGEST = 60 };

/* Where a text that comes again and again is mended. */
static const char *mended_in(enum finding_code code)
{
	switch (code) {
	case FINDING_CELL_CODE:
	case FINDING_CELL_CODE_CASE:
	case FINDING_CELL_LABEL: return "codes.csv, column as_exported, if it is one of the codes";
	case FINDING_CELL_MISSING_UNLISTED:
	case FINDING_CELL_MISSING_DECLARED:
	case FINDING_CELL_DATE_SENTINEL: return "codes.csv, as a missing code with its reason";
	case FINDING_CELL_TYPE:
	case FINDING_CELL_RANGE:
	case FINDING_CELL_PATTERN:
	case FINDING_CELL_DATE:
		return "codes.csv, if it stands for a missing answer; else variables.csv, if such answers are right";
	default: return NULL;
	}
}

static bool may_be_shown(const struct view *view, const char *variable)
{
	const struct variable *known = dictionary_variable(view->dictionary, variable);
	return known && known->disclosure != DISCLOSURE_DIRECT && known->disclosure != DISCLOSURE_SENSITIVE;
}

static char *describe(const struct view *view, const struct cause *cause)
{
	switch (cause->kind) {
	case CAUSE_COLUMN:
	case CAUSE_HEADER:
		return mem_print("%s: %s in %s", finding_kind(cause->by)->title, cause->variable, cause->file);
	case CAUSE_FILE: return mem_print("%s: %s", finding_kind(cause->by)->title, cause->file);
	case CAUSE_TEXT:
		if (!may_be_shown(view, cause->variable))
			return mem_print("The same text in one column: %s", cause->variable);
		struct text value = { 0 };
		grid_add_visible(&value, cause->value, LONGEST);
		char *words = mem_print("The same text in one column: “%s” in %s", value.bytes, cause->variable);
		text_free(&value);
		return words;
	case CAUSE_PLACE: break;
	}
	if (cause->rule)
		return mem_print("One rule: %s", cause->rule);
	if (cause->variable && cause->file)
		return mem_print("One column of one file: %s in %s", cause->variable, cause->file);
	return cause->file ? mem_print("One file: %s", cause->file)
	                   : mem_print("One column: %s", cause->variable ? cause->variable : "none");
}

char *section_cause_words(const struct view *view, const struct cause *cause)
{
	char count[GRID_NUMBER_SIZE], of[GRID_NUMBER_SIZE], *what = describe(view, cause);
	const char *mended = cause->kind == CAUSE_TEXT ? mended_in(cause->code) : NULL;
	grid_print_number(count, cause->count);
	grid_print_number(of, cause->of);
	char *words = mem_print("%s of these %s have one cause. %s.%s%s%s", count, of, what, mended ? " Look at " : "",
	                        mended ? mended : "", mended ? "." : "");
	struct text visible = { 0 };
	grid_add_visible(&visible, words, SIZE_MAX);
	free(what);
	free(words);
	return visible.bytes;
}

static const char *cure_of(const struct cause *cause)
{
	const char *mended = cause->kind == CAUSE_TEXT ? mended_in(cause->code) : NULL;
	if (mended)
		return mended;
	return finding_kind(cause->by ? cause->by : cause->code)->cure;
}

static void add_causes(struct text *html, const struct view *view)
{
	static const struct grid_column columns[] = {
		{ "Cause", GRID_TEXT },    { "What it explains", GRID_TEXT }, { "How many", GRID_NUMBER },
		{ "Of all", GRID_NUMBER }, { "Where to mend it", GRID_TEXT },
	};
	const struct groups *groups = view->groups;
	struct grid grid;
	size_t shown = groups->cause_count < CAUSES ? groups->cause_count : CAUSES;
	char *caption = shown < groups->cause_count ? mem_print("What explains most: the first %zu of %zu causes",
	                                                        shown, groups->cause_count)
	                                            : mem_copy_text("What explains most");
	grid_begin(&grid, "causes-table", caption, columns, COUNT(columns));
	for (size_t i = 0; i < shown; i++) {
		const struct cause *cause = &groups->causes[i];
		enum finding_code code = cause->by ? cause->by : cause->code;
		enum severity severity = cause->by ? cause->by_severity : cause->severity;
		char *id = view_code_id(severity_word(severity), finding_kind(code)->code),
		     *what = describe(view, cause);
		grid_link(&grid, id, what);
		grid_text(&grid, cause->kind == CAUSE_COLUMN ? "Answers that the column would have held"
		                                             : finding_kind(cause->code)->title);
		grid_number(&grid, cause->count);
		grid_number(&grid, cause->of);
		grid_text(&grid, cure_of(cause));
		grid_row(&grid, "");
		free(id);
		free(what);
	}
	grid_end(&grid, html);
	free(caption);
}

static void add_exceeded(struct text *html, const struct view *view)
{
	if (view->verdict->exceeded == 0)
		html_page_words(html,
		                view->groups->open == 0
		                        ? "Nothing: no finding is open but notes."
		                        : "Nothing stops the chain. These deserve a look, what explains most first.");
	else if (view->groups->cause_count > 0)
		html_page_words(html, "Mend what explains most first: what it explains goes with it.");
}

/* What counts against one limit that is exceeded, the most frequent first. */
static bool add_counted(struct text *html, const struct view *view, size_t at, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "What stops the chain", GRID_TEXT },
		{ "Counted", GRID_NUMBER },
		{ "Variable, column or rule", GRID_TEXT },
		{ "What to do", GRID_TEXT },
	};
	const struct verdict_line *line = &view->verdict->lines[at];
	struct text caption = { 0 };
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t count = 0;
	char *id = mem_print("over-%zu", at + 1);
	bool ok = store_prepare(&select, view->store, sql_report_exceeding, err);
	grid_begin(&grid, id, "", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		const char *word = view_column(select, 0), *severity = view_column(select, 1),
			   *subject = view_column(select, 2);
		enum finding_code code;
		if (!finding_read_code(word, &code) || !verdict_counts(line, word, severity, subject)
		    || count++ >= COUNTED)
			continue;
		char *part = view_code_id(severity, word);
		grid_link(&grid, part, finding_kind(code)->title);
		grid_number(&grid, sqlite3_column_int64(select, 3));
		grid_text(&grid, subject);
		grid_text(&grid, finding_kind(code)->cure);
		grid_row(&grid, "");
		free(part);
	}
	sqlite3_finalize(select);
	section_limit_brief(&caption, line);
	if (count > COUNTED)
		text_print(&caption, ". The first %d of %zu lines; all are below", COUNTED, count);
	grid.caption = caption.bytes;
	if (ok)
		grid_end(&grid, html);
	else
		grid_drop(&grid);
	text_free(&caption);
	free(id);
	return ok;
}

bool section_causes(struct text *html, const struct view *view, struct error *err)
{
	for (size_t i = 0; i < view->verdict->count; i++)
		if (!view->verdict->lines[i].ok && !add_counted(html, view, i, err))
			return false;
	add_exceeded(html, view);
	if (view->groups->cause_count > 0)
		add_causes(html, view);
	else if (view->groups->open > 0 && view->verdict->exceeded == 0)
		html_page_words(html, "No one cause explains many findings: they are told one by one below.");
	return true;
}
