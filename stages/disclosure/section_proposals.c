#include "sections.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "mem.h"
#include "proposals.h"

enum { PROPOSALS = 12 };

struct cells {
	struct proposal_cell *items;
	size_t count, capacity;
	const struct view *view;
};

/* The threshold is the unit's own, or the policy's. */
static void add_cell(void *with, sqlite3_stmt *select)
{
	struct cells *cells = with;
	const struct universe *universe = cells->view->universe;
	size_t id = universe_find(universe, view_text(select, 0));
	const struct unit *unit = &universe->units[universe->cells[id - 1].unit - 1];
	cells->items = mem_grow(cells->items, cells->count, &cells->capacity, sizeof *cells->items);
	cells->items[cells->count++] = (struct proposal_cell){
		.condition = universe->cells[id - 1].condition,
		.n = universe->cells[id - 1].n,
		.threshold = unit->threshold ? unit->threshold : cells->view->study->disclosure.threshold,
		.small = sqlite3_column_int(select, 2) != 0,
	};
}

static bool make(struct proposals *proposals, const struct view *view, struct error *err)
{
	struct cells cells = { .view = view };
	bool ok = view_each(view, sql_disclosure_small, add_cell, &cells, err);
	*proposals = ok ? proposals_make(cells.items, cells.count, PROPOSALS) : (struct proposals){ 0 };
	free(cells.items);
	return ok;
}

/* The label of a code, or of an area. */
static char *code_words(const struct view *view, const struct proposal *proposal, const char *code)
{
	char *name = mem_print("%s=%s", proposal->variable, code);
	const char *label = view_label(view, "code", name);
	char *words = mem_copy_text(label ? label : code);
	free(name);
	return words;
}

static char *variable_words(const struct view *view, const struct proposal *proposal)
{
	char *name = mem_copy_bytes(proposal->variable, strcspn(proposal->variable, "{"));
	const char *label = view_label(view, "variable", name);
	char *words = mem_copy_text(label ? label : name);
	free(name);
	return words;
}

bool section_best_proposal(char **words, const struct view *view, struct error *err)
{
	struct proposals proposals;
	if (!make(&proposals, view, err))
		return false;
	*words = NULL;
	if (proposals.count) {
		const struct proposal *best = &proposals.items[0];
		char *variable = variable_words(view, best), *first = code_words(view, best, best->first),
		     *second = code_words(view, best, best->second);
		*words = mem_print("Most by taking %s and %s together (%s): %zu small counts fewer.", first, second,
		                   variable, best->before - best->after);
		free(variable);
		free(first);
		free(second);
	}
	proposals_release(&proposals);
	return true;
}

bool section_proposals(struct text *html, const struct view *view, struct error *err)
{
	static const struct grid_column columns[] = {
		{ "Variable", GRID_TEXT },
		{ "Take together", GRID_TEXT },
		{ "Small counts of the two", GRID_NUMBER },
		{ "Small counts of the two as one", GRID_NUMBER },
		{ "Saved", GRID_NUMBER },
	};
	struct proposals proposals;
	if (!make(&proposals, view, err))
		return false;
	if (proposals.count) {
		struct grid grid;
		html_page_words(
			html,
			"Each row takes two codes, or two areas, for one. It counts the small counts alone: with each that "
			"goes, others are shown again that are hidden for its sake. Codes are taken together in codes.csv, by "
			"a derived variable, or under the key “codes” of an analysis; whether they mean something together is yours to "
			"say.");
		grid_begin(&grid, "proposals-table", "What would save most", columns, COUNT(columns));
		for (size_t i = 0; i < proposals.count; i++) {
			const struct proposal *proposal = &proposals.items[i];
			char *variable = variable_words(view, proposal),
			     *first = code_words(view, proposal, proposal->first),
			     *second = code_words(view, proposal, proposal->second);
			char *both = mem_print("%s; %s", first, second);
			grid_text(&grid, variable);
			grid_text(&grid, both);
			grid_number(&grid, (long long)proposal->before);
			grid_number(&grid, (long long)proposal->after);
			grid_number(&grid, (long long)(proposal->before - proposal->after));
			grid_row(&grid, "");
			free(variable);
			free(first);
			free(second);
			free(both);
		}
		grid_end(&grid, html);
	}
	proposals_release(&proposals);
	return true;
}
