#include "classify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

static void mark_published(struct cell_decision *decisions, const struct universe *universe)
{
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		for (size_t j = 0; j < result->cell_count; j++)
			decisions[universe->rests[result->first_cell + j] - 1].published = true;
		for (size_t j = 0; j < result->measure_count; j++)
			decisions[universe->measures[universe->rests_measures[result->first_measure + j] - 1].cell - 1]
				.published = true;
	}
	for (size_t i = 0; i < universe->figure_count; i++) {
		const struct figure *figure = &universe->figures[i];
		if (figure->numerator)
			decisions[figure->numerator - 1].published = true;
		if (figure->denominator)
			decisions[figure->denominator - 1].published = true;
		if (figure->numerator_measure)
			decisions[universe->measures[figure->numerator_measure - 1].cell - 1].published = true;
	}
}

/* Of hiding a cell that is asked for: log(1 + n), so that small cells go first, and once more for each sum that it is
 * the total of, so that totals stay as long as they can. */
static void reckon_costs(struct cell_decision *decisions, const struct universe *universe)
{
	size_t *totals = mem_alloc(universe->cell_count, sizeof *totals);
	for (size_t i = 0; i < universe->relation_count; i++)
		if (universe->relations[i].kind == RELATION_SUM)
			totals[universe->relations[i].parent - 1]++;
	for (size_t i = 0; i < universe->cell_count; i++)
		decisions[i].cost =
			decisions[i].published ? log1p((double)universe->cells[i].n) * (1 + (double)totals[i]) : 0;
	free(totals);
}

static void decide(struct cell_decision *decision, const struct cell *cell, const struct unit *unit,
                   const struct study_disclosure *policy)
{
	bool zeros_hidden = policy->zeros == STUDY_ZEROS_HIDDEN;
	int threshold = unit->threshold ? unit->threshold : policy->threshold;
	if (!unit->confidential) {
		decision->rule = RULE_NOT_CONFIDENTIAL;
		return;
	}
	decision->unsafe = cell->n < threshold && (cell->n > 0 || zeros_hidden);
	decision->hidden = decision->unsafe || !decision->published;
	decision->least = decision->published && !zeros_hidden;
	decision->rule = !decision->published ? RULE_UNPUBLISHED
	                 : !decision->unsafe  ? RULE_SAFE
	                 : cell->n == 0       ? RULE_ZERO
	                                      : RULE_THRESHOLD;
	if (decision->unsafe) {
		decision->reach = threshold;
		decision->width = policy->min_width;
	}
}

/* Whether the condition takes several groups together or leaves one out (several codes, not this code, the other areas,
 * who the filter leaves): what nobody thinks of as a group of its own. */
static bool is_remainder(const char *condition)
{
	return strstr(condition, "!=") || strchr(condition, '|') || strstr(condition, "!filter:");
}

/* A zero among few: a part of a small group, or of another zero among few. Shown, it would say of each of the few that
 * they did not give this answer, or gave none. */
static void hide_zeros_among_few(struct cell_decision *decisions, const struct universe *universe,
                                 const struct study_disclosure *policy)
{
	bool more = true;
	while (more) {
		more = false;
		for (size_t r = 0; r < universe->relation_count; r++) {
			const struct relation *relation = &universe->relations[r];
			const struct cell_decision *parent = &decisions[relation->parent - 1];
			if (!parent->unsafe || is_remainder(universe->cells[relation->parent - 1].condition))
				continue;
			for (size_t p = 0; p < relation->part_count; p++) {
				size_t part = universe->parts[relation->first_part + p] - 1;
				const struct unit *unit = &universe->units[universe->cells[part].unit - 1];
				struct cell_decision *decision = &decisions[part];
				if (universe->cells[part].n != 0 || decision->unsafe || !unit->confidential)
					continue;
				decision->unsafe = decision->hidden = more = true;
				decision->least = 0;
				decision->rule = decision->published ? RULE_ZERO : RULE_UNPUBLISHED;
				decision->reach = unit->threshold ? unit->threshold : policy->threshold;
				decision->width = policy->min_width;
			}
		}
	}
}

struct cell_decision *classify(const struct universe *universe, const struct study_disclosure *policy)
{
	struct cell_decision *decisions = mem_alloc(universe->cell_count, sizeof *decisions);
	mark_published(decisions, universe);
	reckon_costs(decisions, universe);
	for (size_t i = 0; i < universe->cell_count; i++)
		decide(&decisions[i], &universe->cells[i], &universe->units[universe->cells[i].unit - 1], policy);
	hide_zeros_among_few(decisions, universe, policy);
	return decisions;
}
