#include "sections.h"

#include <stdlib.h>

#include "ask.h"
#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

/* More files or areas than this are counted, not named. */
enum { NAMED = 3 };

static char *area_words(const struct view *view, const char *area)
{
	const char *label = view_area(view, area);
	return *label ? mem_copy_text(label) : view_area_words(view, area);
}

static char *file_words(const struct view *view, const char *file)
{
	(void)view;
	return mem_copy_text(*file ? file : "(no one file)");
}

/* "Luton 3, Bedford 2, and 2 more" */
static bool add_where(struct grid *grid, const struct view *view, const struct group *group, const char *sql,
                      char *(*words_of)(const struct view *view, const char *name), struct error *err)
{
	sqlite3_stmt *select = NULL;
	struct text where = { 0 };
	bool row = false;
	int more = 0, named = 0;
	bool ok = store_prepare(&select, view->store, sql, err);
	if (ok) {
		store_bind_text(select, ":code", finding_kind(group->code)->code);
		store_bind_text(select, ":severity", severity_word(group->severity));
	}
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		if (named == NAMED) {
			more++;
			continue;
		}
		char number[GRID_NUMBER_SIZE], *words = words_of(view, view_column(select, 0));
		grid_print_number(number, sqlite3_column_int64(select, 1));
		text_print(&where, "%s%s: %s", named++ ? ", " : "", words, number);
		free(words);
	}
	if (more)
		text_print(&where, ", and %d more", more);
	grid_text(grid, where.bytes);
	sqlite3_finalize(select);
	text_free(&where);
	return ok;
}

static bool add_person(struct text *html, const struct view *view, enum ask_whom whom, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "About what", GRID_TEXT },     { "Open", GRID_NUMBER }, { "In which files", GRID_TEXT },
		{ "Of which areas", GRID_TEXT }, { "Code", GRID_DIGITS },
	};
	char *id = mem_print("ask-%d", (int)whom), *caption = mem_print("To ask %s", ask_words(whom));
	struct grid grid;
	bool ok = true;
	grid_begin(&grid, id, caption, columns, COUNT(columns));
	for (size_t i = 0; ok && i < view->groups->count; i++) {
		const struct group *group = &view->groups->items[i];
		if (group->severity == SEVERITY_NOTE || group->open == 0 || ask_whom(group->code) != whom)
			continue;
		char *part = view_code_id(severity_word(group->severity), finding_kind(group->code)->code);
		char *title = groups_title(view->groups, group);
		grid_link(&grid, part, title);
		grid_number(&grid, group->open);
		ok = add_where(&grid, view, group, sql_report_open_files, file_words, err)
		     && add_where(&grid, view, group, sql_report_open_areas, area_words, err);
		if (ok) {
			grid_text(&grid, finding_kind(group->code)->code);
			grid_row(&grid, "");
		}
		free(title);
		free(part);
	}
	if (ok) {
		html_page_words(html, ask_what(whom));
		grid_end(&grid, html);
	} else {
		grid_drop(&grid);
	}
	free(id);
	free(caption);
	return ok;
}

bool section_ask(struct text *html, const struct view *view, struct error *err)
{
	bool ok = true, any = false;
	for (int whom = ASK_NOBODY + 1; ok && whom < ASK_COUNT; whom++)
		if (ask_count(view->groups, (enum ask_whom)whom) > 0) {
			ok = add_person(html, view, (enum ask_whom)whom, err);
			any = true;
		}
	if (!any)
		html_page_words(html, "Nobody: no finding is open that somebody could answer.");
	return ok;
}
