#include "infeasible.h"

#include <string.h>

#include "text.h"

/* Why cells may have to stay as they are, in words for whoever decides about the policy. */
enum held_by { HELD_BY_ZEROS, HELD_BY_UNITS, HELD_BY_EXCEPTIONS, HELD_BY_NEVER_HIDE, HELD_BY_COUNT };

static const struct {
	const char *why, *cure;
} held_words[] = {
	[HELD_BY_ZEROS] = { "zeros that are shown", "merge the codes or areas of these cells with others" },
	[HELD_BY_UNITS] = { "units that are not confidential", "declare the other unit confidential" },
	[HELD_BY_EXCEPTIONS] = { "exceptions", "end the exception" },
	[HELD_BY_NEVER_HIDE] = { "what never_hide names", "take it out of never_hide" },
};

/* Of the cells around those that cannot be protected. */
static void note_hold(bool held[HELD_BY_COUNT], const struct secondary_cell *cell, const struct cell_decision *decision)
{
	if (cell->fixed)
		held[decision->rule == RULE_NOT_CONFIDENTIAL ? HELD_BY_UNITS
		     : decision->rule == RULE_EXCEPTION      ? HELD_BY_EXCEPTIONS
		     : cell->n == 0                          ? HELD_BY_ZEROS
		                                             : HELD_BY_NEVER_HIDE] = true;
}

static void find_holds(bool held[HELD_BY_COUNT], const struct secondary_problem *problem,
                       const struct cell_decision *decisions)
{
	const struct secondary_cell *cells = problem->cells;
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		bool touches = cells[relation->parent].impossible;
		for (size_t i = 0; i < relation->part_count; i++)
			touches = touches || cells[relation->parts[i]].impossible;
		if (!touches)
			continue;
		note_hold(held, &cells[relation->parent], &decisions[relation->parent]);
		for (size_t i = 0; i < relation->part_count; i++)
			note_hold(held, &cells[relation->parts[i]], &decisions[relation->parts[i]]);
	}
}

/* Their conditions, as many as there is room for; no count. */
static size_t name_cells(struct text *names, const struct secondary_problem *problem, const struct universe *universe)
{
	enum { MOST_NAMED = 10, ROOM = 480 };
	size_t named = 0, count = 0;
	for (size_t i = 0; i < problem->cell_count; i++) {
		const char *condition = universe->cells[i].condition;
		if (!problem->cells[i].impossible)
			continue;
		if (count == 0 || (named == count && named < MOST_NAMED && names->length + strlen(condition) < ROOM)) {
			text_print(names, "%s%s", named ? "; " : "", condition);
			named++;
		}
		count++;
	}
	if (count > named)
		text_print(names, "; and %zu more", count - named);
	return count;
}

bool infeasible_refuse(const struct secondary_problem *problem, const struct cell_decision *decisions,
                       const struct universe *universe, struct error *err)
{
	bool held[HELD_BY_COUNT] = { false };
	struct text names = { 0 }, why = { 0 }, cure = { 0 };
	size_t count = name_cells(&names, problem, universe);
	find_holds(held, problem, decisions);
	for (size_t i = 0; i < HELD_BY_COUNT; i++)
		if (held[i]) {
			text_print(&why, "%s%s", why.length ? ", " : "", held_words[i].why);
			text_print(&cure, "%s, ", held_words[i].cure);
		}
	if (!cure.length)
		text_add(&cure, "merge codes or areas with others, ask less of small counts, ");
	if (problem->insiders > 0)
		text_add(&cure, "reckon with fewer insiders, ");
	error_set(err, ERROR_REFUSED, "no pattern of hidden cells protects %s", names.bytes);
	error_code(err, "policy-infeasible");
	error_help(err, "what is shown whatever happens (%s) gives %s away: %sor leave out the analysis",
	           why.length ? why.bytes : "of cells further off", count > 1 ? "these cells" : "this cell",
	           cure.bytes);
	text_free(&names);
	text_free(&why);
	text_free(&cure);
	return false;
}
