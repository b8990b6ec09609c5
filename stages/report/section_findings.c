#include "sections.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "finding.h"
#include "grid.h"
#include "groups.h"
#include "html_page.h"
#include "mem.h"

enum { PLACES = 5, SUBJECTS = 15 };

static const char *const happens[SEVERITY_COUNT] = {
	[SEVERITY_REJECT] = "reject: the row goes no further",
	[SEVERITY_BLANK] = "blank: the answer is made missing (unusable)",
	[SEVERITY_WARN] = "warn: no answer is changed, a person should look",
	[SEVERITY_NOTE] = "note: no answer is changed, worth knowing",
};

static bool prepare(sqlite3_stmt **select, const struct view *view, const char *sql, const struct group *group,
                    struct error *err)
{
	if (!store_prepare(select, view->store, sql, err))
		return false;
	store_bind_text(*select, ":code", finding_kind(group->code)->code);
	store_bind_text(*select, ":severity", severity_word(group->severity));
	return true;
}

/* What the number of a finding counts. */
static const char *unit_of(enum finding_code code, long long count)
{
	switch (code) {
	case FINDING_PRIVACY_COLUMN: return count == 1 ? "cell with an answer" : "cells with an answer";
	case FINDING_ROW_ELSEWHERE:
	case FINDING_ROW_BLANK: return count == 1 ? "row" : "rows";
	default: return count == 1 ? "time" : "times";
	}
}

/* How often, by variable or rule: the first of them. Nothing where the findings are about none, or all about one: the
 * places tell it. */
static bool add_subjects(struct text *html, const struct view *view, const struct group *group, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Variable, column or rule", GRID_TEXT },
		{ "Found", GRID_NUMBER },
		{ "Label", GRID_TEXT },
		{ "The dictionary expects", GRID_TEXT },
	};
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t count = 0;
	bool ok = prepare(&select, view, sql_report_subjects, group, err);
	char *id = mem_print("%s-%s-subjects", severity_word(group->severity), finding_kind(group->code)->code);
	grid_begin(&grid, id, "", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		if (count++ >= SUBJECTS)
			continue;
		bool one = sqlite3_column_int64(select, 4) == 1;
		const char *subject = view_column(select, 0);
		grid_text(&grid, subject);
		grid_number(&grid, sqlite3_column_int64(select, 2));
		grid_text(&grid, sqlite3_column_int64(select, 1) ? "" : report_view_label(view, subject));
		grid_text(&grid, one ? view_column(select, 3) : "");
		grid_row(&grid, "");
	}
	sqlite3_finalize(select);
	const char *code = finding_kind(group->code)->code;
	char *caption = count > SUBJECTS ? mem_print("%s, by variable, column or rule: the first %d of %zu", code,
	                                             SUBJECTS, count)
	                                 : mem_print("%s, by variable, column or rule", code);
	grid.caption = caption;
	if (ok && count > 1)
		grid_end(&grid, html);
	else
		grid_drop(&grid);
	free(caption);
	free(id);
	return ok;
}

/* The columns of places.sql, and the steward's word on each. */
enum place {
	IDENTITY,
	FILE_NAME,
	LINE,
	RECORD,
	SUBJECT,
	KEY,
	ANSWER,
	EXPECTED,
	SUGGESTION,
	TIMES,
	DECISION,
	PLACE_COLUMNS
};

static const struct grid_column place_columns[PLACE_COLUMNS] = {
	[IDENTITY] = { "Finding", GRID_DIGITS },
	[FILE_NAME] = { "File", GRID_TEXT },
	[LINE] = { "Line", GRID_NUMBER },
	[RECORD] = { "Record", GRID_NUMBER },
	[SUBJECT] = { "Variable, column or rule", GRID_TEXT },
	[KEY] = { "Key", GRID_TEXT },
	[ANSWER] = { "Answer", GRID_TEXT },
	[EXPECTED] = { "Expected", GRID_TEXT },
	[SUGGESTION] = { "Perhaps meant", GRID_TEXT },
	[TIMES] = { "Times", GRID_NUMBER },
	[DECISION] = { "Decision", GRID_TEXT },
};

struct places {
	char *texts[PLACES][PLACE_COLUMNS]; /* NULL: none */
	size_t count;
};

static bool read_places(struct places *places, const struct view *view, const struct group *group, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = prepare(&select, view, sql_report_places, group, err);
	if (ok)
		store_bind_integer(select, ":places", PLACES);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		char **texts = places->texts[places->count++];
		for (int i = 0; i < DECISION; i++)
			texts[i] = view_column(select, i) ? mem_copy_text(view_column(select, i)) : NULL;
		const char *decision =
			view_decision(view, texts[IDENTITY], finding_kind(group->code)->code, texts[SUBJECT]);
		texts[DECISION] = *decision ? mem_copy_text(decision) : NULL;
		const char *label = report_view_label(view, texts[SUBJECT]);
		if (*label) {
			char *named = mem_print("%s (%s)", texts[SUBJECT], label);
			free(texts[SUBJECT]);
			texts[SUBJECT] = named;
		}
	}
	sqlite3_finalize(select);
	return ok;
}

static void free_places(struct places *places)
{
	for (size_t i = 0; i < places->count; i++)
		for (size_t j = 0; j < PLACE_COLUMNS; j++)
			free(places->texts[i][j]);
}

/* A column that says nothing about any of the places is left out. */
static bool is_told(const struct places *places, size_t column)
{
	for (size_t i = 0; i < places->count; i++) {
		const char *text = places->texts[i][column];
		if (text && !(column == TIMES && strcmp(text, "1") == 0))
			return true;
	}
	return false;
}

static bool add_places(struct text *html, const struct view *view, const struct group *group, struct error *err)
{
	struct places places = { 0 };
	struct grid_column columns[PLACE_COLUMNS];
	enum place shown[PLACE_COLUMNS];
	size_t count = 0;
	bool ok = read_places(&places, view, group, err);
	for (int column = 0; column < PLACE_COLUMNS; column++)
		if (is_told(&places, (size_t)column)) {
			shown[count] = (enum place)column;
			columns[count++] = place_columns[column];
		}
	char *id = mem_print("%s-%s-places", severity_word(group->severity), finding_kind(group->code)->code);
	char number[GRID_NUMBER_SIZE];
	const char *code = finding_kind(group->code)->code;
	grid_print_number(number, group->findings);
	char *caption = group->findings > PLACES
	                        ? mem_print("%s: %d of %s places; all are in findings.csv", code, PLACES, number)
	                : group->findings > 1 ? mem_print("%s: all %s places", code, number)
	                                      : mem_print("%s: the place", code);
	struct grid grid;
	grid_begin(&grid, id, caption, columns, count);
	for (size_t i = 0; i < places.count; i++) {
		for (size_t j = 0; j < count; j++)
			if (shown[j] == KEY || shown[j] == ANSWER)
				grid_value(&grid, places.texts[i][shown[j]]);
			else
				grid_text(&grid, places.texts[i][shown[j]]);
		grid_row(&grid, "");
	}
	grid_end(&grid, html);
	free(caption);
	free(id);
	free_places(&places);
	return ok;
}

static char *explains_words(const struct group *group)
{
	char explains[GRID_NUMBER_SIZE], lost[GRID_NUMBER_SIZE];
	grid_print_number(explains, group->explains);
	grid_print_number(lost, group->lost);
	return group->explains && group->lost
	               ? mem_print("These explain %s of the other findings and %s missing answers: mend them first.",
	                           explains, lost)
	       : group->lost ? mem_print("These explain %s missing answers: mend them first.", lost)
	                     : mem_print("These explain %s of the other findings: mend them first.", explains);
}

static bool add_group(struct text *html, const struct view *view, const struct group *group, struct error *err)
{
	const struct finding_kind *kind = finding_kind(group->code);
	const struct cause *main = groups_main_cause(view->groups, group);
	struct text cause = { 0 }, subjects = { 0 }, places = { 0 };
	char number[GRID_NUMBER_SIZE];
	grid_print_number(number, group->occurrences);
	char *id = view_code_id(severity_word(group->severity), kind->code);
	char *count = mem_print("%s %s", number, unit_of(group->code, group->occurrences));
	char *title = groups_title(view->groups, group);
	if (main || group->explains > 0 || group->lost > 0) {
		char *words = main ? section_cause_words(view, main) : explains_words(group);
		html_page_words(&cause, words);
		free(words);
	}
	/* Where every place is shown, a table of their variables would only repeat it. */
	bool ok = (group->findings <= PLACES || add_subjects(&subjects, view, group, err))
	          && add_places(&places, view, group, err);
	const struct text_hole holes[] = {
		{ "id", id, false },
		{ "severity", severity_word(group->severity), false },
		{ "title", title, false },
		{ "count", count, false },
		{ "code", kind->code, false },
		{ "happens", happens[group->severity], false },
		{ "cure", kind->cure, false },
		{ "cause", cause.bytes, true },
		{ "subjects", subjects.bytes, true },
		{ "places", places.bytes, true },
	};
	if (ok)
		text_fill(html, template_report_code_html, TEXT_HTML, holes, COUNT(holes));
	free(id);
	free(count);
	free(title);
	text_free(&cause);
	text_free(&subjects);
	text_free(&places);
	return ok;
}

static void add_overview(struct text *html, const struct groups *groups)
{
	static const struct grid_column columns[] = {
		{ "What was found", GRID_TEXT }, { "Found", GRID_NUMBER }, { "Open", GRID_NUMBER },
		{ "What happens", GRID_TEXT },   { "Code", GRID_DIGITS },
	};
	struct grid grid;
	grid_begin(&grid, "overview", "Findings by code: causes first, then the gravest", columns, COUNT(columns));
	for (size_t i = 0; i < groups->count; i++) {
		const struct group *group = &groups->items[i];
		const struct finding_kind *kind = finding_kind(group->code);
		char *id = view_code_id(severity_word(group->severity), kind->code),
		     *title = groups_title(groups, group);
		grid_link(&grid, id, title);
		grid_number(&grid, group->occurrences);
		grid_number(&grid, group->open);
		grid_text(&grid, happens[group->severity]);
		grid_text(&grid, kind->code);
		grid_row(&grid, "");
		free(id);
		free(title);
	}
	grid_end(&grid, html);
}

bool section_findings(struct text *html, const struct view *view, struct error *err)
{
	const struct groups *groups = view->groups;
	bool ok = true;
	if (groups->count == 0)
		html_page_words(html, "Nothing: every row and answer is as the dictionary says.");
	if (groups->count > 0) {
		text_add(html, template_report_download_html);
		add_overview(html, groups);
	}
	for (size_t i = 0; ok && i < groups->count; i++)
		ok = add_group(html, view, &groups->items[i], err);
	return ok;
}
