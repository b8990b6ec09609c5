#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "html_page.h"
#include "mem.h"
#include "grid.h"

/* More areas than this do not fit a page; the numbers stand in validated.db. */
enum { MOST_AREAS = 12 };

/* Of one variable: rows by reason, MISSING_NONE being an answer; over all areas, and in each. */
struct completeness {
	const char *variable; /* borrowed from the dictionary */
	long long all[MISSING_COUNT];
	long long (*areas)[MISSING_COUNT];
	bool seen;
};

struct counted {
	struct completeness *variables; /* in the dictionary's order */
	size_t count;
	char **areas; /* codes, "" for none, in the study's order */
	size_t area_count;
	bool used[MISSING_COUNT];
};

static size_t find_area(const struct counted *counted, const char *area)
{
	size_t i = 0;
	while (i < counted->area_count && strcmp(counted->areas[i], area) != 0)
		i++;
	return i;
}

/* Into the study's own order; there are few. */
static void sort_areas(struct counted *counted, const struct view *view)
{
	for (size_t i = 1; i < counted->area_count; i++)
		for (size_t j = i;
		     j > 0 && view_area_rank(view, counted->areas[j]) < view_area_rank(view, counted->areas[j - 1]);
		     j--) {
			char *area = counted->areas[j];
			counted->areas[j] = counted->areas[j - 1];
			counted->areas[j - 1] = area;
		}
}

static bool read_areas(struct counted *counted, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = store_prepare(&select, view->store, sql_report_areas, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		counted->areas = mem_grow(counted->areas, counted->area_count, &capacity, sizeof *counted->areas);
		counted->areas[counted->area_count++] = mem_copy_text(view_column(select, 0));
	}
	sqlite3_finalize(select);
	sort_areas(counted, view);
	return ok;
}

static bool read_counts(struct counted *counted, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, view->store, sql_report_completeness, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		const struct variable *variable = dictionary_variable(view->dictionary, view_column(select, 0));
		const char *word = view_column(select, 2);
		enum missing_reason reason = MISSING_NONE;
		if (!variable || (*word && !missing_reason_read(word, &reason))) {
			ok = error_at(err, ERROR_INPUT, store_path(view->store), 0,
			              "its variables are not those of the dictionary");
			error_help(err, "run validate again with this dictionary");
			break;
		}
		struct completeness *of = &counted->variables[variable - view->dictionary->variables];
		long long rows = sqlite3_column_int64(select, 3);
		of->seen = true;
		of->all[reason] += rows;
		of->areas[find_area(counted, view_column(select, 1))][reason] += rows;
		counted->used[reason] = true;
	}
	sqlite3_finalize(select);
	return ok;
}

static bool read_counted(struct counted *counted, const struct view *view, struct error *err)
{
	if (!read_areas(counted, view, err))
		return false;
	counted->count = view->dictionary->variable_count;
	counted->variables = mem_alloc(counted->count, sizeof *counted->variables);
	for (size_t i = 0; i < counted->count; i++) {
		counted->variables[i].variable = view->dictionary->variables[i].name;
		counted->variables[i].areas = mem_alloc(counted->area_count, sizeof *counted->variables[i].areas);
	}
	return read_counts(counted, view, err);
}

static void free_counted(struct counted *counted)
{
	for (size_t i = 0; counted->variables && i < counted->count; i++)
		free(counted->variables[i].areas);
	for (size_t i = 0; i < counted->area_count; i++)
		free(counted->areas[i]);
	free(counted->areas);
	free(counted->variables);
}

/* Who was asked: the base of a share. */
static long long asked(const long long rows[MISSING_COUNT])
{
	long long all = 0;
	for (int reason = 0; reason < MISSING_COUNT; reason++)
		if (reason != MISSING_NOT_ASKED && reason != MISSING_NOT_APPLICABLE)
			all += rows[reason];
	return all;
}

static const char *const words[MISSING_COUNT] = {
	[MISSING_NONE] = "Answered",
	[MISSING_REFUSED] = "Refused",
	[MISSING_DONT_KNOW] = "Don't know",
	[MISSING_NOT_ASKED] = "Not asked",
	[MISSING_NOT_APPLICABLE] = "Not applicable",
	[MISSING_NOT_ANSWERED] = "Not answered",
	[MISSING_NOT_REACHED] = "Not reached",
	[MISSING_WITHDRAWN] = "Withdrawn",
	[MISSING_UNUSABLE] = "Unusable",
	[MISSING_SUPPRESSED] = "Suppressed",
	[MISSING_LOW] = "Rounds to 0",
};

static void add_reasons(struct text *html, const struct view *view, const struct counted *counted)
{
	enum { BEFORE = 4 };
	struct grid_column columns[MISSING_COUNT + BEFORE] = {
		{ "Variable", GRID_TEXT },
		{ "Label", GRID_TEXT },
		{ "Asked", GRID_NUMBER },
		{ "Answered, of those asked", GRID_NUMBER },
	};
	enum missing_reason shown[MISSING_COUNT];
	size_t count = BEFORE;
	for (int reason = 0; reason < MISSING_COUNT; reason++)
		if (reason == MISSING_NONE || counted->used[reason]) {
			shown[count - BEFORE] = (enum missing_reason)reason;
			columns[count++] = (struct grid_column){ words[reason], GRID_NUMBER };
		}
	struct grid grid;
	grid_begin(&grid, "reasons-missing", "Accepted rows with an answer, and why the others have none", columns,
	           count);
	for (size_t i = 0; i < counted->count; i++) {
		const struct completeness *of = &counted->variables[i];
		if (!of->seen)
			continue;
		grid_text(&grid, of->variable);
		grid_text(&grid, report_view_label(view, of->variable));
		grid_number(&grid, asked(of->all));
		grid_share(&grid, of->all[MISSING_NONE], asked(of->all));
		for (size_t j = BEFORE; j < count; j++)
			grid_number(&grid, of->all[shown[j - BEFORE]]);
		grid_row(&grid, "");
	}
	grid_end(&grid, html);
}

static void add_areas(struct text *html, const struct view *view, const struct counted *counted)
{
	struct grid_column columns[MOST_AREAS + 1] = { { "Variable", GRID_TEXT } };
	struct grid grid;
	for (size_t i = 0; i < counted->area_count; i++) {
		const char *label = view_area(view, counted->areas[i]);
		const char *heading = *label ? label : *counted->areas[i] ? counted->areas[i] : "(no area known)";
		columns[i + 1] = (struct grid_column){ heading, GRID_NUMBER };
	}
	grid_begin(&grid, "answered-areas", "Answered, of those asked, by area", columns, counted->area_count + 1);
	for (size_t i = 0; i < counted->count; i++) {
		const struct completeness *of = &counted->variables[i];
		if (!of->seen)
			continue;
		grid_text(&grid, of->variable);
		for (size_t area = 0; area < counted->area_count; area++)
			grid_share(&grid, of->areas[area][MISSING_NONE], asked(of->areas[area]));
		grid_row(&grid, "");
	}
	grid_end(&grid, html);
}

static bool is_reason(enum missing_reason reason)
{
	return reason != MISSING_NONE && reason != MISSING_NOT_ASKED && reason != MISSING_NOT_APPLICABLE;
}

static void add_area_line(struct grid *grid, const char *variable, const char *area,
                          const long long rows[MISSING_COUNT], const struct counted *counted)
{
	grid_text(grid, variable);
	grid_text(grid, area);
	grid_number(grid, asked(rows));
	grid_share(grid, asked(rows) - rows[MISSING_NONE], asked(rows));
	for (int reason = 0; reason < MISSING_COUNT; reason++)
		if (is_reason((enum missing_reason)reason) && counted->used[reason])
			grid_number(grid, rows[reason]);
	grid_row(grid, "");
}

/* Only where somebody who was asked gave no answer. */
static void add_reasons_by_area(struct text *html, const struct view *view, const struct counted *counted)
{
	enum { BEFORE = 4 };
	struct grid_column columns[MISSING_COUNT + BEFORE] = {
		{ "Variable", GRID_TEXT },
		{ "Area", GRID_TEXT },
		{ "Asked", GRID_NUMBER },
		{ "No answer, of those asked", GRID_NUMBER },
	};
	size_t count = BEFORE;
	bool any = false;
	for (int reason = 0; reason < MISSING_COUNT; reason++)
		if (is_reason((enum missing_reason)reason) && counted->used[reason])
			columns[count++] = (struct grid_column){ words[reason], GRID_NUMBER };
	struct grid grid;
	grid_begin(&grid, "reasons-areas", "Why those who were asked gave no answer, by area", columns, count);
	for (size_t i = 0; i < counted->count; i++)
		for (size_t area = 0; counted->variables[i].seen && area < counted->area_count; area++) {
			const long long *rows = counted->variables[i].areas[area];
			if (asked(rows) == rows[MISSING_NONE])
				continue;
			char *name = view_area_words(view, counted->areas[area]);
			add_area_line(&grid, counted->variables[i].variable, name, rows, counted);
			free(name);
			any = true;
		}
	if (any)
		grid_end(&grid, html);
	else
		grid_drop(&grid);
}

bool section_completeness(struct text *html, const struct view *view, struct error *err)
{
	struct counted counted = { 0 };
	bool ok = read_counted(&counted, view, err);
	if (ok && counted.area_count == 0) {
		html_page_words(html, "No row was accepted.");
	} else if (ok) {
		html_page_words(
			html,
			"Over the accepted rows. Those asked are all but the not asked and not applicable; a dash: "
			"nobody was asked.");
		add_reasons(html, view, &counted);
		if (counted.area_count <= MOST_AREAS) {
			add_areas(html, view, &counted);
			add_reasons_by_area(html, view, &counted);
		} else {
			html_page_words(
				html,
				"The same for each area is in the table completeness of validated.db: there are too "
				"many areas for a page.");
		}
	}
	free_counted(&counted);
	return ok;
}
