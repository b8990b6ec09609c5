#include "sections.h"

#include <stdlib.h>

#include "grid.h"
#include "html_page.h"

/* By how many keys the records are told apart at least. */
static void add_sizes(struct text *html, const struct view *view)
{
	struct grid_column columns[3] = { { "Things that are enough", GRID_TEXT } };
	struct grid grid;
	size_t keys = view->sides[0].table->key_count;
	for (size_t s = 0; s < view->side_count; s++)
		columns[1 + s] =
			(struct grid_column){ view->side_count == 1 ? "Records" : view->sides[s].words, GRID_NUMBER };
	grid_begin(&grid, "special-sizes", "How many things tell somebody from all others", columns,
	           1 + view->side_count);
	for (size_t size = 1; size <= keys + 1; size++) {
		size_t wanted = size <= keys ? size : 0;
		char *words = mem_print("%zu", size);
		grid_text(&grid, wanted ? words : "No number of them");
		free(words);
		for (size_t s = 0; s < view->side_count; s++) {
			const struct measures *measures = &view->sides[s].measures;
			long long count = 0;
			for (size_t i = 0; i < measures->count; i++)
				count += measures->suda.smallest[i] == wanted;
			grid_number(&grid, count);
		}
		grid_row(&grid, "");
	}
	grid_end(&grid, html);
}

struct part {
	size_t key;
	double share[2];
};

static int compare_parts(const void *a, const void *b)
{
	const struct part *left = a, *right = b;
	if (left->share[0] != right->share[0])
		return left->share[0] > right->share[0] ? -1 : 1;
	return (left->key > right->key) - (left->key < right->key);
}

static double share_of(const struct measures *measures, size_t key)
{
	long double part = 0, total = 0;
	for (size_t i = 0; i < measures->count; i++) {
		part += measures->suda.contribution[i * measures->suda.keys + key];
		total += measures->suda.scores[i];
	}
	return total > 0 ? (double)(100 * part / total) : 0;
}

static void add_contributions(struct text *html, const struct view *view)
{
	struct grid_column columns[3] = { { "Key", GRID_TEXT } };
	struct grid grid;
	size_t keys = view->sides[0].table->key_count;
	struct part *parts = mem_alloc(keys, sizeof *parts);
	for (size_t k = 0; k < keys; k++) {
		parts[k].key = k;
		for (size_t s = 0; s < view->side_count; s++)
			parts[k].share[s] = share_of(&view->sides[s].measures, k);
	}
	mem_sort(parts, keys, sizeof *parts, compare_parts);
	for (size_t s = 0; s < view->side_count; s++)
		columns[1 + s] =
			(struct grid_column){ view->side_count == 1 ? "Part of all scores (%)" : view->sides[s].words,
			                      GRID_NUMBER };
	grid_begin(&grid, "special-keys", "Part of all scores that comes from sets with a key (%)", columns,
	           1 + view->side_count);
	for (size_t k = 0; k < keys; k++) {
		grid_text(&grid, view->sides[0].table->keys[parts[k].key].label);
		for (size_t s = 0; s < view->side_count; s++) {
			struct text share = { 0 };
			view_say_number(&share, parts[k].share[s], 1);
			grid_text(&grid, share.bytes);
			text_free(&share);
		}
		grid_row(&grid, "");
	}
	grid_end(&grid, html);
	free(parts);
}

bool section_special(struct text *html, const struct view *view, struct error *err)
{
	struct text words = { 0 };
	(void)err;
	if (view_is_empty(view))
		return true;
	text_add(
		&words,
		"A set of keys is a special unique of somebody where nobody else has the same values, and no fewer of "
		"them are enough. Each counts the more the fewer they are (Elliot’s weights). Sets overlap, and so do the "
		"parts of the keys. A missing value tells nobody apart. ");
	if (view->sides[0].table->key_count > SUDA_WHOLE)
		text_print(&words, "Sets of up to %d keys were looked at. ", SUDA_LARGEST);
	text_add(&words, "DIS, the probability that a match with a unique record is the right one, is ");
	for (size_t s = 0; s < view->side_count; s++) {
		text_add(&words, s ? " before and " : "");
		view_say_number(&words, view->sides[s].measures.match, 3);
	}
	text_add(&words, view->side_count == 2
	                         ? " after. Who lost a value may be anybody, so that those who kept it look more "
	                           "special here than they are."
	                         : ".");
	html_page_words(html, words.bytes);
	add_sizes(html, view);
	add_contributions(html, view);
	text_free(&words);
	return true;
}
