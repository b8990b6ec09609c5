#include "sections.h"

#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"

struct table {
	struct grid grid;
	const struct view *view;
};

static void add_table(void *with, sqlite3_stmt *select)
{
	struct table *table = with;
	long long figures = sqlite3_column_int64(select, 2), hidden = sqlite3_column_int64(select, 3),
		  refused = sqlite3_column_int64(select, 4);
	grid_text(&table->grid, view_text(select, 0));
	grid_text(&table->grid, view_text(select, 1));
	grid_number(&table->grid, figures - refused);
	grid_number(&table->grid, hidden);
	grid_share(&table->grid, hidden, figures - refused);
	grid_number(&table->grid, sqlite3_column_int64(select, 5));
	grid_number(&table->grid, sqlite3_column_int64(select, 6));
	grid_share(&table->grid, sqlite3_column_int64(select, 8), sqlite3_column_int64(select, 7));
	grid_number(&table->grid, refused);
	grid_row(&table->grid, hidden == figures - refused && hidden ? "bad" : "");
}

static bool add_tables(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Table", GRID_TEXT },
		{ "Title", GRID_TEXT },
		{ "Figures", GRID_NUMBER },
		{ "Hidden", GRID_NUMBER },
		{ "Hidden (%)", GRID_NUMBER },
		{ "Counts hidden for their own sake", GRID_NUMBER },
		{ "Counts hidden to protect these", GRID_NUMBER },
		{ "Sum of its counts that is hidden (%)", GRID_NUMBER },
		{ "Refused by the statistics", GRID_NUMBER },
	};
	struct table table = { .view = view };
	grid_begin(&table.grid, "hidden-tables", "Tables, and how much of each is hidden", columns, COUNT(columns));
	bool ok = view_each(view, sql_disclosure_tables, add_table, &table, err);
	if (ok)
		grid_end(&table.grid, html);
	else
		grid_drop(&table.grid);
	return ok;
}

static void add_area(void *with, sqlite3_stmt *select)
{
	struct table *table = with;
	const char *code = view_text(select, 0), *label = view_label(table->view, "area", code);
	long long figures = sqlite3_column_int64(select, 1), hidden = sqlite3_column_int64(select, 2);
	bool all = sqlite3_column_type(select, 0) == SQLITE_NULL;
	grid_text(&table->grid, all ? "All areas together, and tests" : label ? label : code);
	grid_number(&table->grid, figures);
	grid_number(&table->grid, hidden);
	grid_share(&table->grid, hidden, figures);
	grid_share(&table->grid, sqlite3_column_int64(select, 4), sqlite3_column_int64(select, 3));
	grid_row(&table->grid, all ? "total" : "");
}

static bool add_areas(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Area", GRID_TEXT },
		{ "Figures", GRID_NUMBER },
		{ "Hidden", GRID_NUMBER },
		{ "Hidden (%)", GRID_NUMBER },
		{ "Sum of its counts that is hidden (%)", GRID_NUMBER },
	};
	struct table table = { .view = view };
	grid_begin(&table.grid, "hidden-areas", "Areas, and how much of what is said of each is hidden", columns,
	           COUNT(columns));
	bool ok = view_each(view, sql_disclosure_areas, add_area, &table, err);
	if (ok)
		grid_end(&table.grid, html);
	else
		grid_drop(&table.grid);
	return ok;
}

static void add_rule(void *with, sqlite3_stmt *select)
{
	static const struct {
		const char *rule, *words;
	} rules[] = {
		{ "threshold", "fewer than the threshold" },
		{ "zero", "nobody: where zeros are hidden, or of so few that it would tell of each of them" },
		{ "group", "nobody, of a small group and a sensitive question: all of it would be told of" },
		{ "secondary", "large enough, and hidden because it would give one of the others away" },
	};
	struct table *table = with;
	const char *rule = view_text(select, 0), *words = "";
	for (size_t i = 0; i < COUNT(rules); i++)
		if (strcmp(rules[i].rule, rule) == 0)
			words = rules[i].words;
	grid_text(&table->grid, rule);
	grid_text(&table->grid, words);
	grid_number(&table->grid, sqlite3_column_int64(select, 1));
	grid_number(&table->grid, sqlite3_column_int64(select, 2));
	grid_row(&table->grid, "");
}

static bool add_rules(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Rule", GRID_TEXT },
		{ "Which counts", GRID_TEXT },
		{ "Counts hidden by it", GRID_NUMBER },
		{ "Their sum", GRID_NUMBER },
	};
	struct table table = { .view = view };
	grid_begin(&table.grid, "hidden-rules", "Why counts are hidden", columns, COUNT(columns));
	bool ok = view_each(view, sql_disclosure_rules, add_rule, &table, err);
	if (ok)
		grid_end(&table.grid, html);
	else
		grid_drop(&table.grid);
	return ok;
}

bool section_hidden(struct text *html, const struct view *view, struct error *err)
{
	if (view->hidden_figures == 0)
		html_page_words(html, "No figure of any table is hidden.");
	return add_tables(html, view, err) && add_areas(html, view, err) && add_rules(html, view, err);
}
