#include "sections.h"

#include <math.h>

#include "grid.h"
#include "html_page.h"

static void add_side(struct grid *grid, const struct side *side, size_t variable, bool named)
{
	const struct diversity *diversity = &side->measures.diversity[variable];
	struct text distinct = { 0 }, entropy = { 0 }, label = { 0 };
	text_add(&label, side->table->sensitive[variable].label);
	if (named)
		text_print(&label, ", %s", side->words);
	view_say_number(&distinct, diversity->least_distinct, 0);
	view_say_number(&entropy, diversity->least_entropy, 2);
	grid_text(grid, label.bytes);
	grid_text(grid, distinct.bytes);
	grid_text(grid, entropy.bytes);
	grid_number(grid, (long long)diversity->below);
	grid_row(grid, "");
	text_free(&distinct);
	text_free(&entropy);
	text_free(&label);
}

bool section_answers(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Sensitive variable", GRID_TEXT },
		{ "Fewest different answers", GRID_NUMBER },
		{ "Lowest entropy, as a number of answers", GRID_NUMBER },
		{ "Records with fewer than l", GRID_NUMBER },
	};
	struct grid grid;
	(void)err;
	if (view_is_empty(view) || view->sides[0].table->sensitive_count == 0)
		return true;
	html_page_words(
		html,
		"Where all who agree on the keys gave the same answer, it is told of each of them, however many they "
		"are. The entropy is as many as there are answers where all are equally frequent, and near 1 where "
		"nearly all gave the same. A missing answer tells none.");
	grid_begin(&grid, "answers-table", "How different the answers are of those who agree on all keys", columns,
	           COUNT(columns));
	for (size_t v = 0; v < view->sides[0].table->sensitive_count; v++)
		for (size_t s = 0; s < view->side_count; s++)
			add_side(&grid, &view->sides[s], v, view->side_count == 2);
	grid_end(&grid, html);
	return true;
}
