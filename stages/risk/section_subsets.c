#include "sections.h"

#include <stdlib.h>

#include "grid.h"
#include "html_page.h"

enum { SETS_SHOWN = 30 };

/* Most fail first; then the smaller, which more people know. */
static int compare_sets(const void *a, const void *b)
{
	const struct key_set *const *left = a, *const *right = b;
	if ((*left)->below != (*right)->below)
		return (*left)->below > (*right)->below ? -1 : 1;
	if ((*left)->size != (*right)->size)
		return (*left)->size < (*right)->size ? -1 : 1;
	return ((*left)->keys > (*right)->keys) - ((*left)->keys < (*right)->keys);
}

static void add_set(struct grid *grid, const struct view *view, const struct key_set *set)
{
	struct text keys = { 0 };
	view_say_keys(&keys, view, set->keys);
	grid_text(grid, keys.bytes);
	grid_number(grid, (long long)(set->k ? set->k : (size_t)view->entry->k));
	grid_number(grid, (long long)set->below);
	grid_number(grid, (long long)set->alone);
	grid_row(grid, "");
	text_free(&keys);
}

bool section_subsets(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Who knows only", GRID_TEXT },
		{ "k", GRID_NUMBER },
		{ "Agree with fewer than k", GRID_NUMBER },
		{ "Alone", GRID_NUMBER },
	};
	const struct side *side = view_last(view);
	const struct measures *measures = &side->measures;
	const struct key_set **sets = mem_alloc(measures->set_count, sizeof *sets);
	size_t count = 0, harmless = 0;
	struct text words = { 0 };
	struct grid grid;
	(void)err;
	for (size_t i = 0; i < measures->set_count; i++) {
		if (measures->sets[i].size == side->table->key_count)
			continue;
		if (measures->sets[i].below > 0)
			sets[count++] = &measures->sets[i];
		else
			harmless++;
	}
	mem_sort(sets, count, sizeof *sets, compare_sets);
	if (count + harmless > 0 && !view_is_empty(view)) {
		text_print(&words, "Few people know all keys of somebody. Of %zu sets of fewer keys, ",
		           count + harmless);
		if (count > 0)
			text_print(&words, "%zu leave%s", count, count == 1 ? "s" : "");
		else
			text_add(&words, "none leaves");
		text_add(&words,
		         " somebody with fewer than k who agree; where the config makes no demand of a set, k is that "
		         "of all keys. risk.csv has every set.");
		html_page_words(html, words.bytes);
	}
	if (count > 0) {
		grid_begin(&grid, "subsets-table",
		           view->side_count == 2 ? "Records by what is known, after anonymise"
		                                 : "Records by what is known",
		           columns, COUNT(columns));
		for (size_t i = 0; i < count && i < SETS_SHOWN; i++)
			add_set(&grid, view, sets[i]);
		grid_end(&grid, html);
	}
	text_free(&words);
	free(sets);
	return true;
}
