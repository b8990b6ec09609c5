#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

enum { NAMED = 5 };

/* One area: its rows over all files. */
struct area {
	const char *code; /* borrowed from the account; "": not known */
	size_t rank;
	long long counted, accepted;
};

struct areas {
	struct area *items; /* in the study's order; the unknown last */
	size_t count;
};

static int compare_areas(const void *left, const void *right)
{
	const struct area *a = left, *b = right;
	bool unknown = !*a->code;
	if (unknown != !*b->code)
		return unknown ? 1 : -1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return strcmp(a->code, b->code);
}

static struct area *find_area(const struct areas *areas, const char *code)
{
	for (size_t i = 0; i < areas->count; i++)
		if (strcmp(areas->items[i].code, code) == 0)
			return &areas->items[i];
	return NULL;
}

static void sum_areas(struct areas *areas, const struct account *account)
{
	areas->items = mem_alloc(account->count + 1, sizeof *areas->items);
	for (size_t i = 0; i < account->count; i++) {
		const struct account_line *line = &account->lines[i];
		struct area *area = find_area(areas, line->area);
		if (!area) {
			area = &areas->items[areas->count++];
			*area = (struct area){ .code = line->area, .rank = line->area_rank };
		}
		area->counted += account_counted(line->rows);
		area->accepted += line->rows[WAY_ACCEPTED];
	}
	if (areas->count)
		mem_sort(areas->items, areas->count, sizeof *areas->items, compare_areas);
}

/* Rows of no known area are in no table by area: no threshold speaks of them. */
static bool is_under(const char *area, long long n, int threshold)
{
	return *area && n < threshold;
}

static void add_sum(struct text *html, const struct areas *areas, const char *unit, int threshold)
{
	size_t known = 0, under = 0, fallen = 0;
	for (size_t i = 0; i < areas->count; i++) {
		const struct area *area = &areas->items[i];
		known += *area->code != '\0';
		under += is_under(area->code, area->accepted, threshold);
		fallen += is_under(area->code, area->accepted, threshold)
		          && !is_under(area->code, area->counted, threshold);
	}
	char *words =
		threshold == 0 ? mem_print("The unit of this dataset is not confidential: no threshold applies.")
		: under == 0
			? mem_print("No area falls under the threshold of %d %s: each of %zu keeps as many.", threshold,
	                            unit, known)
			: mem_print("%zu of %zu areas have fewer than %d accepted %s, so that none of their figures "
	                            "can be shown; %zu of them because of rows that were set aside.",
	                            under, known, threshold, unit, fallen);
	html_page_words(html, words);
	free(words);
}

static const char *judge(const char *area, long long counted, long long accepted, int threshold)
{
	if (!*area)
		return "in no table by area";
	if (threshold == 0)
		return "";
	return accepted >= threshold  ? "enough"
	       : counted >= threshold ? "falls under it by the rows set aside"
	                              : "under it";
}

static char *threshold_heading(int threshold)
{
	return threshold ? mem_print("Against the threshold of %d", threshold) : mem_copy_text("Threshold");
}

static void add_areas(struct text *html, const struct view *view, const struct areas *areas, int threshold)
{
	char *heading = threshold_heading(threshold);
	const struct grid_column columns[] = {
		{ "Area", GRID_TEXT },       { "Rows that count", GRID_NUMBER },
		{ "Accepted", GRID_NUMBER }, { "Set aside", GRID_NUMBER },
		{ "Lost", GRID_NUMBER },     { heading, GRID_TEXT },
	};
	struct grid grid;
	grid_begin(&grid, "costs-areas", "What is left of each area", columns, COUNT(columns));
	for (size_t i = 0; i < areas->count; i++) {
		const struct area *area = &areas->items[i];
		char *words = view_area_words(view, area->code);
		bool fallen = is_under(area->code, area->accepted, threshold) && area->counted >= threshold;
		grid_text(&grid, words);
		grid_number(&grid, area->counted);
		grid_number(&grid, area->accepted);
		grid_number(&grid, area->counted - area->accepted);
		grid_share(&grid, area->counted - area->accepted, area->counted);
		grid_text(&grid, judge(area->code, area->counted, area->accepted, threshold));
		grid_row(&grid, fallen ? "bad" : "");
		free(words);
	}
	grid_end(&grid, html);
	free(heading);
}

static void add_waves(struct text *html, const struct view *view, const struct account *account, int threshold)
{
	char *heading = threshold_heading(threshold);
	const struct grid_column columns[] = {
		{ "Wave", GRID_TEXT },       { "Area", GRID_TEXT },  { "Rows that count", GRID_NUMBER },
		{ "Accepted", GRID_NUMBER }, { heading, GRID_TEXT },
	};
	struct grid grid;
	long long counted = 0, accepted = 0;
	grid_begin(&grid, "costs-waves", "What is left of each area in each wave", columns, COUNT(columns));
	for (size_t i = 0; i < account->wave_count; i++) {
		const struct account_line *line = &account->waves[i], *next = line + 1;
		counted += account_counted(line->rows);
		accepted += line->rows[WAY_ACCEPTED];
		if (i + 1 < account->wave_count && strcmp(next->wave, line->wave) == 0
		    && strcmp(next->area, line->area) == 0)
			continue;
		if (counted > 0) {
			char *wave = view_wave_words(view, line->wave), *area = view_area_words(view, line->area);
			grid_text(&grid, wave);
			grid_text(&grid, area);
			grid_number(&grid, counted);
			grid_number(&grid, accepted);
			grid_text(&grid, judge(line->area, counted, accepted, threshold));
			grid_row(&grid, is_under(line->area, accepted, threshold) && counted >= threshold ? "bad" : "");
			free(wave);
			free(area);
		}
		counted = accepted = 0;
	}
	grid_end(&grid, html);
	free(heading);
}

/* --- the planned analyses: the most that each can rest on in an area --- */

/* Into most[]: no more than those who answered a variable of the dictionary. What is derived is known only later. */
static bool bound_by(long long *most, const struct areas *areas, const struct view *view, const char *variable,
                     struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	if (!variable || !dictionary_variable(view->dictionary, variable))
		return true;
	long long *answered = mem_alloc(areas->count + 1, sizeof *answered);
	bool ok = store_prepare(&select, view->store, sql_report_answered, err);
	if (ok)
		store_bind_text(select, ":variable", variable);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		const struct area *area = find_area(areas, view_column(select, 0));
		if (area)
			answered[area - areas->items] += sqlite3_column_int64(select, 1);
	}
	for (size_t i = 0; i < areas->count; i++)
		if (answered[i] < most[i])
			most[i] = answered[i];
	sqlite3_finalize(select);
	free(answered);
	return ok;
}

static bool add_analysis(struct grid *grid, const struct view *view, const struct study_analysis *analysis,
                         const struct areas *areas, int threshold, struct error *err)
{
	long long *most = mem_alloc(areas->count + 1, sizeof *most), all = 0;
	struct text which = { 0 };
	size_t under = 0, known = 0;
	for (size_t i = 0; i < areas->count; i++)
		most[i] = areas->items[i].accepted;
	bool ok = bound_by(most, areas, view, analysis->outcome, err)
	          && bound_by(most, areas, view, analysis->across, err);
	for (size_t i = 0; ok && i < areas->count; i++) {
		all += most[i];
		known += *areas->items[i].code != '\0';
		if (!is_under(areas->items[i].code, most[i], threshold) || under++ >= NAMED)
			continue;
		char *words = view_area_words(view, areas->items[i].code);
		text_print(&which, "%s%s: %lld", which.length ? ", " : "", words, most[i]);
		free(words);
	}
	if (under > NAMED)
		text_print(&which, ", and %zu more", under - NAMED);
	if (ok) {
		char *share = mem_print("%zu of %zu", under, known);
		grid_text(grid, analysis->title ? analysis->title : analysis->name);
		grid_text(grid, analysis->outcome);
		grid_number(grid, all);
		grid_text(grid, share);
		grid_text(grid, which.bytes ? which.bytes : "none");
		grid_row(grid, "");
		free(share);
	}
	text_free(&which);
	free(most);
	return ok;
}

static bool add_analyses(struct text *html, const struct view *view, const struct areas *areas, int threshold,
                         struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Planned analysis", GRID_TEXT },
		{ "Outcome", GRID_TEXT },
		{ "Rests on at most", GRID_NUMBER },
		{ "Areas under the threshold", GRID_NUMBER },
		{ "Which, with the most there can be", GRID_TEXT },
	};
	struct grid grid;
	bool ok = true, any = false;
	grid_begin(&grid, "costs-analyses", "Planned analyses, and the areas that they can show no figure of", columns,
	           COUNT(columns));
	for (unsigned i = 0; ok && i < view->study->analyses_count; i++) {
		const struct study_analysis *analysis = &view->study->analyses[i];
		if (!text_equal(analysis->dataset, view->dataset->name))
			continue;
		ok = add_analysis(&grid, view, analysis, areas, threshold, err);
		any = true;
	}
	if (ok && any) {
		html_page_words(
			html,
			"What each planned analysis can rest on at most: the accepted rows with an answer. Filters "
			"and scores, which are worked out later, may leave fewer.");
		grid_end(&grid, html);
	} else {
		grid_drop(&grid);
	}
	if (!any)
		html_page_words(html, "No analysis of this dataset is planned in the study's config yet.");
	return ok;
}

void section_costs_by_area(struct text *html, const struct view *view, const struct account *account)
{
	int threshold = study_threshold(view->study, view->dataset);
	struct areas areas = { 0 };
	sum_areas(&areas, account);
	add_areas(html, view, &areas, threshold);
	if (account->wave_count > 0)
		add_waves(html, view, account, threshold);
	free(areas.items);
}

bool section_costs(struct text *html, const struct view *view, struct error *err)
{
	int threshold = study_threshold(view->study, view->dataset);
	struct account account;
	struct areas areas = { 0 };
	bool ok = account_load(&account, view, err);
	if (ok) {
		const char *unit = view->dataset->unit.plural ? view->dataset->unit.plural : "rows";
		sum_areas(&areas, &account);
		add_sum(html, &areas, unit, threshold);
		if (!account_has_many_areas(&account))
			section_costs_by_area(html, view, &account);
		ok = add_analyses(html, view, &areas, threshold, err);
	}
	free(areas.items);
	account_free(&account);
	return ok;
}
