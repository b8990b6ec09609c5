#include "sections.h"

#include <math.h>
#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"

static const char *text_at(sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	return text ? text : "";
}

static double real_at(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

static void add_real(struct grid *grid, double number, int decimals)
{
	struct text words = { 0 };
	view_say_number(&words, number, decimals);
	grid_text(grid, words.bytes);
	text_free(&words);
}

static void add_blanked(struct grid *grid, sqlite3_stmt *row)
{
	grid_text(grid, text_at(row, 0));
	grid_number(grid, sqlite3_column_int64(row, 1));
	grid_share(grid, sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2));
	grid_row(grid, "");
}

static void add_blanked_area(struct grid *grid, sqlite3_stmt *row)
{
	grid_text(grid, text_at(row, 0));
	grid_text(grid, text_at(row, 1));
	add_real(grid, real_at(row, 3), 1);
	grid_row(grid, "");
}

/* To what one would report: per cent to one place, correlations to three. */
static int decimals_of(const char *statistic)
{
	return strcmp(statistic, "share") == 0 ? 1 : strcmp(statistic, "correlation") == 0 ? 3 : 2;
}

static void add_figure(struct grid *grid, sqlite3_stmt *row)
{
	double before = real_at(row, 4), after = real_at(row, 5);
	int decimals = decimals_of(text_at(row, 0));
	grid_text(grid, text_at(row, 1));
	grid_text(grid, text_at(row, 0));
	grid_text(grid, text_at(row, 2));
	grid_number(grid, sqlite3_column_int64(row, 3));
	add_real(grid, before, decimals);
	add_real(grid, after, decimals);
	add_real(grid, after - before, decimals);
	grid_row(grid, "");
}

/* A table of the rows of a query; nothing where there are none. */
static bool add_table(struct text *html, const struct view *view, const char *sql, const char *id, const char *caption,
                      const struct grid_column *columns, size_t count,
                      void (*add)(struct grid *grid, sqlite3_stmt *row), struct error *err)
{
	struct store *store = view->sides[1].store;
	sqlite3_stmt *select = NULL;
	struct grid grid;
	bool row = true, some = false;
	grid_begin(&grid, id, caption, columns, count);
	bool ok = store_prepare(&select, store, sql, err);
	while (ok && (ok = store_step(store, select, &row, err)) && row) {
		add(&grid, select);
		some = true;
	}
	sqlite3_finalize(select);
	if (ok && some)
		grid_end(&grid, html);
	else
		grid_drop(&grid);
	return ok;
}

/* The figures that stayed as they were are no line each. */
static bool say_figures(struct text *html, const struct view *view, struct error *err)
{
	struct text words = { 0 };
	long long all = 0, same = 0;
	bool ok = store_read_integer(view->sides[1].store, sql_risk_figures, 0, &all, err)
	          && store_read_integer(view->sides[1].store, sql_risk_figures_same, 0, &same, err);
	text_print(
		&words,
		"What anonymise blanked, and what figures of the file are now, beside those of the analysis table. They are "
		"unweighted. Of %lld shares, means, standard deviations and correlations, %lld are as they were; the "
		"others stand below.",
		all, same);
	if (ok)
		html_page_words(html, words.bytes);
	text_free(&words);
	return ok;
}

bool section_after(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column blanked[] = {
		{ "Key", GRID_TEXT },
		{ "Values blanked", GRID_NUMBER },
		{ "Of all records (%)", GRID_NUMBER },
	};
	static const struct grid_column areas[] = {
		{ "Area", GRID_TEXT },
		{ "Key", GRID_TEXT },
		{ "Blanked (%)", GRID_NUMBER },
	};
	static const struct grid_column figures[] = {
		{ "Variable", GRID_TEXT }, { "Figure", GRID_TEXT },  { "With, or of", GRID_TEXT }, { "n", GRID_NUMBER },
		{ "Before", GRID_NUMBER }, { "After", GRID_NUMBER }, { "Change", GRID_NUMBER },
	};
	if (view->side_count < 2)
		return true;
	return say_figures(html, view, err)
	       && add_table(html, view, sql_risk_blanked, "after-blanked", "Values that were blanked, by key", blanked,
	                    COUNT(blanked), add_blanked, err)
	       && add_table(html, view, sql_risk_blanked_areas, "after-areas",
	                    "Values that were blanked, by area and key", areas, COUNT(areas), add_blanked_area, err)
	       && add_table(html, view, sql_risk_utility, "after-figures", "Figures that changed", figures,
	                    COUNT(figures), add_figure, err);
}
