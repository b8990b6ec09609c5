#include "sections.h"

#include <stdio.h>
#include <stdlib.h>

#include "grid.h"
#include "html_page.h"

enum { OFFERS_SHOWN = 40 };

/* Leaving a key out always helps, and costs most: the best of the others is named where there is one that helps. */
char *section_best_offer(const struct view *view)
{
	const struct offer *best = NULL;
	for (size_t i = 0; i < view->offers.count && (!best || !best->map); i++) {
		const struct offer *offer = &view->offers.offers[i];
		if (offer->below < view->sides[0].measures.below && (!best || offer->map))
			best = offer;
	}
	if (!best)
		return NULL;
	return mem_print("%s: %s; then %zu in the place of %zu agree with too few.",
	                 view->sides[0].table->keys[best->key].label, best->words, best->below,
	                 view->sides[0].measures.below);
}

static void add_offer(struct grid *grid, const struct view *view, const struct offer *offer)
{
	struct text codes = { 0 }, expected = { 0 }, match = { 0 };
	if (offer->codes)
		text_print(&codes, "%zu of %zu", offer->codes, offer->codes_before);
	view_say_number(&expected, offer->expected, 1);
	view_say_number(&match, offer->match, 3);
	grid_text(grid, view->sides[0].table->keys[offer->key].label);
	grid_text(grid, offer->words);
	grid_text(grid, codes.bytes ? codes.bytes : "none");
	grid_number(grid, (long long)offer->below);
	grid_number(grid, (long long)offer->alone);
	grid_text(grid, expected.bytes);
	grid_text(grid, match.bytes);
	grid_row(grid, "");
	text_free(&codes);
	text_free(&expected);
	text_free(&match);
}

bool section_offers(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Key", GRID_TEXT },          { "What is done", GRID_TEXT },
		{ "Codes left", GRID_NUMBER }, { "Agree with too few", GRID_NUMBER },
		{ "Alone", GRID_NUMBER },      { "Expected to be found", GRID_NUMBER },
		{ "DIS", GRID_NUMBER },
	};
	const struct measures *measures = &view->sides[0].measures;
	struct text words = { 0 }, expected = { 0 };
	struct grid grid;
	(void)err;
	if (view_is_empty(view) || measures->below == 0)
		return true;
	view_say_number(&expected, measures->expected, 1);
	text_print(
		&words,
		"Each line changes one key and nothing else. %s, %zu agree with fewer than %d, themselves "
		"counted, %zu are alone, and %s are expected to be found. What is coarser says less to everybody; what is left "
		"as it is has values blanked in single records. Write what you choose into the columns microdata of "
		"variables.csv and broader of codes.csv.",
		view->side_count == 2 ? "As it was before anonymise" : "As it is", measures->below, view->entry->k,
		measures->alone, expected.bytes);
	html_page_words(html, words.bytes);
	grid_begin(&grid, "offers-table", "What one change to one key would buy, the best first", columns,
	           COUNT(columns));
	for (size_t i = 0; i < view->offers.count && i < OFFERS_SHOWN; i++)
		add_offer(&grid, view, &view->offers.offers[i]);
	grid_end(&grid, html);
	text_free(&words);
	text_free(&expected);
	return true;
}
