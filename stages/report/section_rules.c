#include "sections.h"

#include <stdlib.h>

#include "embedded.h"
#include "html_page.h"
#include "mem.h"
#include "grid.h"

static const struct verdict_line *find_limit(const struct verdict *verdict, const char *rule)
{
	char *limit = mem_print("rule-broken:%s", rule);
	const struct verdict_line *found = NULL;
	for (size_t i = 0; i < verdict->count && !found; i++)
		if (text_equal(verdict->lines[i].limit, limit))
			found = &verdict->lines[i];
	free(limit);
	return found;
}

static void add_rule(struct grid *grid, const struct view *view, sqlite3_stmt *select)
{
	const struct verdict_line *limit = find_limit(view->verdict, view_column(select, 0));
	long long holds = sqlite3_column_int64(select, 2), broken = sqlite3_column_int64(select, 3);
	grid_text(grid, view_column(select, 0));
	grid_text(grid, view_column(select, 1));
	for (int i = 2; i <= 5; i++)
		grid_number(grid, sqlite3_column_int64(select, i));
	grid_share(grid, broken, holds + broken);
	if (limit) {
		char allowed[GRID_NUMBER_SIZE];
		grid_print_number(allowed, limit->allowed);
		char *words = mem_print("at most %s: %s", allowed, limit->ok ? "within" : "over");
		grid_text(grid, words);
		free(words);
	} else {
		grid_text(grid, "none");
	}
	grid_row(grid, limit && !limit->ok ? "bad" : "");
}

bool section_rules(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Rule", GRID_TEXT },
		{ "What it says", GRID_TEXT },
		{ "Holds", GRID_NUMBER },
		{ "Broken", GRID_NUMBER },
		{ "Cannot be judged", GRID_NUMBER },
		{ "Does not apply", GRID_NUMBER },
		{ "Broken, of those judged", GRID_NUMBER },
		{ "Limit", GRID_TEXT },
	};
	struct grid grid;
	sqlite3_stmt *select = NULL;
	bool row = false, any = false;
	bool ok = store_prepare(&select, view->store, sql_report_rules, err);
	grid_begin(&grid, "rules-table", "How often each rule holds", columns, COUNT(columns));
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		add_rule(&grid, view, select);
		any = true;
	}
	sqlite3_finalize(select);
	struct text table = { 0 };
	grid_end(&grid, &table);
	if (any)
		text_add(html, table.bytes);
	else
		html_page_words(html, "The dictionary has no rules.");
	text_free(&table);
	return ok;
}
