#include "sections.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "grid.h"
#include "html_page.h"

/* A column for each side. */
static void begin_sides(struct grid *grid, struct grid_column columns[4], const struct view *view, const char *id,
                        const char *caption, const char *heading)
{
	columns[0] = (struct grid_column){ heading, GRID_TEXT };
	for (size_t s = 0; s < view->side_count; s++)
		columns[1 + s] =
			(struct grid_column){ view->side_count == 1 ? "Records" : view->sides[s].words, GRID_NUMBER };
	grid_begin(grid, id, caption, columns, 1 + view->side_count);
}

/* How many records agree with so many: 1, 2, ... k - 1, k or more. */
static void add_frequencies(struct text *html, const struct view *view)
{
	struct grid_column columns[4];
	struct grid grid;
	int k = view->entry->k;
	begin_sides(&grid, columns, view, "groups-frequencies", "With how many each agrees on all keys, itself counted",
	            "Agrees with");
	for (int f = 1; f <= k; f++) {
		char words[40];
		snprintf(words, sizeof words, f == k ? "%d or more" : "%d", f);
		bool bad = false;
		grid_text(&grid, f == 1 ? "1 (alone)" : words);
		for (size_t s = 0; s < view->side_count; s++) {
			const struct measures *measures = &view->sides[s].measures;
			long long count = 0;
			for (size_t i = 0; i < measures->count; i++)
				count += f == k ? measures->f[i] >= k : measures->f[i] == f;
			grid_number(&grid, count);
			bad = f < k && count > 0;
		}
		grid_row(&grid, bad ? "bad" : "");
	}
	grid_end(&grid, html);
}

static void add_quantiles(struct text *html, const struct view *view)
{
	static const struct {
		const char *words;
		double share;
	} quantiles[] = {
		{ "Median", 0.5 },
		{ "Upper quartile", 0.75 },
		{ "95 of 100 have at most", 0.95 },
		{ "Highest", 1 },
	};
	struct grid_column columns[4];
	struct grid grid;
	begin_sides(&grid, columns, view, "groups-risks", "Individual risk: the probability to be found",
	            "Individual risk");
	for (size_t s = 0; s < view->side_count; s++)
		columns[1 + s] =
			(struct grid_column){ view->side_count == 1 ? "Risk" : view->sides[s].words, GRID_NUMBER };
	for (size_t q = 0; q < COUNT(quantiles); q++) {
		grid_text(&grid, quantiles[q].words);
		for (size_t s = 0; s < view->side_count; s++) {
			struct text risk = { 0 };
			view_say_number(&risk,
			                measures_quantile(view->sides[s].measures.risk, view->sides[s].measures.count,
			                                  quantiles[q].share),
			                4);
			grid_text(&grid, risk.bytes);
			text_free(&risk);
		}
		grid_row(&grid, "");
	}
	grid_text(&grid, "Expected to be found (the sum of the risks)");
	for (size_t s = 0; s < view->side_count; s++) {
		struct text expected = { 0 };
		view_say_number(&expected, view->sides[s].measures.expected, 1);
		grid_text(&grid, expected.bytes);
		text_free(&expected);
	}
	grid_row(&grid, "total");
	grid_end(&grid, html);
}

static void add_demand(struct grid *grid, const struct view *view, const char *words, const size_t failing[2])
{
	bool fails = false;
	grid_text(grid, words);
	for (size_t s = 0; s < view->side_count; s++) {
		grid_number(grid, (long long)failing[s]);
		fails = failing[s] > 0;
	}
	grid_row(grid, fails ? "bad" : "");
}

/* What the config demands, and how many records fail it. Sets of one size are one demand. */
static void add_demands(struct text *html, const struct view *view)
{
	struct grid_column columns[4];
	struct grid grid;
	const struct study_microdata *entry = view->entry;
	begin_sides(&grid, columns, view, "groups-demands", "Records that fail what the config demands", "Demand");
	for (size_t i = 0; i < view->sides[0].measures.set_count; i++) {
		const struct key_set *set = &view->sides[0].measures.sets[i];
		struct text words = { 0 };
		size_t failing[2] = { 0 };
		if (!set->k)
			break;
		text_print(&words, "agree with %zu on ", set->k);
		view_say_keys(&words, view, set->keys);
		for (size_t s = 0; s < view->side_count; s++)
			for (size_t j = 0; j < view->sides[s].measures.set_count; j++)
				if (view->sides[s].measures.sets[j].keys == set->keys)
					failing[s] = view->sides[s].measures.sets[j].below;
		add_demand(&grid, view, words.bytes, failing);
		text_free(&words);
	}
	for (size_t v = 0; v < view->sides[0].table->sensitive_count; v++) {
		size_t failing[2] = { 0 };
		for (size_t s = 0; s < view->side_count; s++)
			failing[s] = view->sides[s].measures.diversity[v].below;
		char *words = mem_print("%d different answers to %s among those who agree on all keys", entry->l,
		                        view->sides[0].table->sensitive[v].label);
		add_demand(&grid, view, words, failing);
		free(words);
	}
	if (entry->max_risk) {
		struct text words = { 0 };
		size_t failing[2] = { view->sides[0].measures.over, view->sides[1].measures.over };
		text_add(&words, "individual risk at most ");
		view_say_number(&words, *entry->max_risk, 3);
		add_demand(&grid, view, words.bytes, failing);
		text_free(&words);
	}
	grid_text(&grid, "any of these");
	for (size_t s = 0; s < view->side_count; s++)
		grid_number(&grid, (long long)view->sides[s].measures.failing);
	grid_row(&grid, "total");
	grid_end(&grid, html);
}

bool section_groups(struct text *html, const struct view *view, struct error *err)
{
	(void)err;
	if (view_is_empty(view))
		return true;
	html_page_words(html, view->entry->missing == STUDY_MISSING_VALUE
	                              ? "A missing key is a value of its own: it agrees with what is missing, too."
	                              : "A missing key may be any value: it agrees with all.");
	add_demands(html, view);
	add_frequencies(html, view);
	add_quantiles(html, view);
	return true;
}
