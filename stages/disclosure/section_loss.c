#include "sections.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "information_loss.h"
#include "mem.h"

/* --- what is not told, by level --- */

static void add_level(void *with, sqlite3_stmt *select)
{
	static const struct {
		const char *level, *words;
	} levels[] = {
		{ "all", "All areas together" },
		{ "country", "Countries" },
		{ "region", "Regions" },
		{ "group", "Groups of areas" },
		{ "area", "Areas" },
		{ "rest", "The rest of the areas, of each" },
	};
	struct grid *grid = with;
	const char *level = view_text(select, 0);
	for (size_t i = 0; i < COUNT(levels); i++)
		if (strcmp(levels[i].level, level) == 0)
			grid_text(grid, levels[i].words);
	long long counts = sqlite3_column_int64(select, 1), hidden = sqlite3_column_int64(select, 2);
	long long people = sqlite3_column_int64(select, 3), behind = sqlite3_column_int64(select, 4);
	grid_number(grid, counts);
	grid_number(grid, hidden);
	grid_share(grid, hidden, counts);
	grid_number(grid, people);
	grid_number(grid, behind);
	grid_share(grid, behind, people);
	grid_row(grid, "");
}

static bool add_levels(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Level", GRID_TEXT },
		{ "Counts that tables ask for", GRID_NUMBER },
		{ "Hidden", GRID_NUMBER },
		{ "Hidden (%)", GRID_NUMBER },
		{ "Sum of these counts", GRID_NUMBER },
		{ "Sum of the hidden", GRID_NUMBER },
		{ "Sum hidden (%)", GRID_NUMBER },
	};
	struct grid grid;
	html_page_words(
		html, "Hiding takes many small counts and few people: the sums say how much of what was counted is no "
		      "more told at that level. Somebody who is in several counts is in the sum as often.");
	grid_begin(&grid, "loss-levels", "Counts that are not told, by level", columns, COUNT(columns));
	bool ok = view_each(view, sql_disclosure_levels, add_level, &grid, err);
	if (ok)
		grid_end(&grid, html);
	else
		grid_drop(&grid);
	return ok;
}

/* --- what is told otherwise than it was counted --- */

/* By cell, from 0: what is printed; -1: it is hidden. NULL: no count is rounded or perturbed. */
struct printed {
	const struct view *view;
	long long *after;
};

static void add_printed(void *with, sqlite3_stmt *select)
{
	struct printed *printed = with;
	size_t cells = printed->view->universe->cell_count, cell = (size_t)sqlite3_column_int64(select, 0);
	if (!printed->after)
		printed->after = mem_alloc(cells, sizeof *printed->after);
	if (cell >= 1 && cell <= cells)
		printed->after[cell - 1] =
			sqlite3_column_type(select, 2) == SQLITE_NULL ? -1 : sqlite3_column_int64(select, 2);
}

/* What is compared of one table. */
struct changed_table {
	const struct printed *printed;
	const struct universe *universe;
	const struct arrangement *arrangement;
	long long *before, *after; /* the counts that are shown, each once */
	size_t count;
};

static const struct figure *figure_at(const struct changed_table *table, size_t line, size_t column)
{
	for (size_t i = 0; i < table->arrangement->entry_count; i++) {
		const struct arrangement_entry *entry = &table->arrangement->entries[i];
		if (entry->line == line + 1 && entry->column == column + 1)
			return &table->universe->figures[entry->figure - 1];
	}
	return NULL;
}

static bool is_count(const struct figure *figure)
{
	return figure->numerator && !figure->denominator && !figure->numerator_measure;
}

static void collect_counts(struct changed_table *table)
{
	const struct universe *universe = table->universe;
	bool *seen = mem_alloc(universe->cell_count, sizeof *seen);
	table->before = mem_alloc(table->arrangement->entry_count, sizeof *table->before);
	table->after = mem_alloc(table->arrangement->entry_count, sizeof *table->after);
	for (size_t i = 0; i < table->arrangement->entry_count; i++) {
		const struct figure *figure = &universe->figures[table->arrangement->entries[i].figure - 1];
		size_t cell = figure->numerator;
		if (!is_count(figure) || seen[cell - 1] || table->printed->after[cell - 1] < 0)
			continue;
		seen[cell - 1] = true;
		table->before[table->count] = universe->cells[cell - 1].n;
		table->after[table->count++] = table->printed->after[cell - 1];
	}
	free(seen);
}

static bool is_area(const struct changed_table *table, size_t line)
{
	return strcmp(table->arrangement->lines[line].kind, "area") == 0;
}

/* Cramér's V of areas by codes, before and after: of a table whose every such count is shown; else NaN. A code's count
 * has a category, which the base has not. */
static void associate(const struct changed_table *table, double v[2])
{
	const struct arrangement *arrangement = table->arrangement;
	long long *counts[2];
	size_t rows = 0, columns = 0, filled = 0, most = arrangement->line_count * arrangement->column_count;
	bool whole = true;
	for (int side = 0; side < 2; side++)
		counts[side] = mem_alloc(most, sizeof *counts[side]);
	for (size_t line = 0; line < arrangement->line_count; line++) {
		size_t found = 0;
		for (size_t column = 0; is_area(table, line) && column < arrangement->column_count; column++) {
			const struct figure *figure = figure_at(table, line, column);
			if (!figure || !is_count(figure) || !table->universe->results[figure->result - 1].category)
				continue;
			counts[0][filled] = table->universe->cells[figure->numerator - 1].n;
			counts[1][filled] = table->printed->after[figure->numerator - 1];
			whole = whole && counts[1][filled] >= 0;
			filled++;
			found++;
		}
		whole = whole && (!found || !columns || found == columns);
		columns = found ? found : columns;
		rows += found > 0;
	}
	for (int side = 0; side < 2; side++) {
		v[side] = whole && filled ? information_cramers_v(counts[side], rows, columns) : NAN;
		free(counts[side]);
	}
}

/* How many areas change places by a share of the table, of how many, and by how far. Shares that are hidden have none.
 */
static void rank(const struct changed_table *table, size_t *changed, size_t *of, size_t *largest)
{
	const struct arrangement *arrangement = table->arrangement;
	double *before = mem_alloc(arrangement->line_count, sizeof *before),
	       *after = mem_alloc(arrangement->line_count, sizeof *after);
	*changed = *of = *largest = 0;
	for (size_t column = 0; column < arrangement->column_count; column++) {
		size_t count = 0, far = 0;
		for (size_t line = 0; line < arrangement->line_count; line++) {
			const struct figure *figure = is_area(table, line) ? figure_at(table, line, column) : NULL;
			if (!figure || !figure->numerator || !figure->denominator)
				continue;
			const struct cell *cells = table->universe->cells;
			long long part = table->printed->after[figure->numerator - 1],
				  base = table->printed->after[figure->denominator - 1];
			if (part < 0 || base <= 0 || cells[figure->denominator - 1].n <= 0)
				continue;
			before[count] =
				(double)cells[figure->numerator - 1].n / (double)cells[figure->denominator - 1].n;
			after[count++] = (double)part / (double)base;
		}
		*changed += information_ranks(before, after, count, &far);
		*of += count;
		*largest = far > *largest ? far : *largest;
	}
	free(before);
	free(after);
}

/* A dash for NaN. */
static void add_number(struct grid *grid, double number, int decimals)
{
	char words[40];
	snprintf(words, sizeof words, "%.*f", decimals, number);
	grid_text(grid, isnan(number) ? "–" : words);
}

static void add_table(struct grid *grid, const struct printed *printed, const struct arrangement *arrangement)
{
	struct changed_table table = { printed, printed->view->universe, arrangement, NULL, NULL, 0 };
	double v[2];
	size_t moved, of, largest;
	collect_counts(&table);
	if (table.count) {
		struct information_loss loss = information_loss(table.before, table.after, table.count);
		associate(&table, v);
		rank(&table, &moved, &of, &largest);
		grid_text(grid, arrangement->name);
		grid_number(grid, (long long)table.count);
		add_number(grid, loss.mean_difference, 2);
		add_number(grid, 100 * loss.mean_relative, 1);
		add_number(grid, loss.hellinger, 3);
		add_number(grid, v[0], 3);
		add_number(grid, v[1], 3);
		char *places = of ? mem_print("%zu of %zu, by %zu at most", moved, of, largest) : mem_copy_text("–");
		grid_text(grid, places);
		free(places);
		grid_row(grid, "");
	}
	free(table.before);
	free(table.after);
}

static bool add_changed(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Table", GRID_TEXT },
		{ "Counts shown", GRID_NUMBER },
		{ "Mean difference from the true count", GRID_NUMBER },
		{ "Mean difference (% of the count)", GRID_NUMBER },
		{ "Hellinger distance", GRID_NUMBER },
		{ "Cramér’s V of the true counts", GRID_NUMBER },
		{ "Of those printed", GRID_NUMBER },
		{ "Shares by which an area has another place", GRID_TEXT },
	};
	struct printed printed = { .view = view };
	struct grid grid;
	if (!view_each(view, sql_disclosure_printed, add_printed, &printed, err))
		return false;
	if (!printed.after)
		return true;
	html_page_words(
		html,
		"Counts that are shown are rounded or perturbed. The Hellinger distance is 0 where nothing is changed, and "
		"grows with every count that is; Cramér’s V says how much the areas differ, where no count of the table "
		"is hidden.");
	grid_begin(&grid, "loss-changed", "How far what is printed is from what was counted", columns, COUNT(columns));
	for (size_t i = 0; i < view->universe->arrangement_count; i++)
		add_table(&grid, &printed, &view->universe->arrangements[i]);
	grid_end(&grid, html);
	free(printed.after);
	return true;
}

bool section_loss(struct text *html, const struct view *view, struct error *err)
{
	return add_levels(html, view, err) && add_changed(html, view, err);
}
