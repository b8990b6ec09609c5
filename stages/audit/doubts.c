#include "attacker_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* What hidden lines tell of the cells that they rest on. */
struct lines {
	const struct universe *universe;
	bool *shown;     /* by cell: known not to be hidden */
	size_t *only;    /* by line: its only cell that is not known to be shown; 0: none; MANY */
	bool *sum_shown; /* by measure: some line that is not hidden rests on it */
	bool *by_sum;    /* by line: it may be hidden for the sake of a sum over another cell than `only`. A sum over
	                  * nobody is never hidden by itself */
};

static const size_t MANY = (size_t)-1;

static void mark_shown(struct lines *lines, size_t line, size_t cell)
{
	if (lines->universe->results[line - 1].status != RESULT_HIDDEN)
		lines->shown[cell] = true;
}

static void mark_only(struct lines *lines, size_t line, size_t cell)
{
	if (!lines->shown[cell] && lines->only[line] != cell)
		lines->only[line] = lines->only[line] ? MANY : cell;
}

/* Every cell of every line: those it rests on, those of its measures, those that its figures are computed from. */
static void each_rest(struct lines *lines, void (*visit)(struct lines *lines, size_t line, size_t cell))
{
	const struct universe *universe = lines->universe;
	for (size_t i = 0; i < universe->result_count; i++) {
		const struct result *result = &universe->results[i];
		for (size_t j = 0; j < result->cell_count; j++)
			visit(lines, i + 1, universe->rests[result->first_cell + j]);
		for (size_t j = 0; j < result->measure_count; j++)
			visit(lines, i + 1,
			      universe->measures[universe->rests_measures[result->first_measure + j] - 1].cell);
	}
	for (size_t i = 0; i < universe->figure_count; i++) {
		const struct figure *figure = &universe->figures[i];
		if (figure->numerator)
			visit(lines, figure->result, figure->numerator);
		if (figure->denominator)
			visit(lines, figure->result, figure->denominator);
		if (figure->numerator_measure)
			visit(lines, figure->result, universe->measures[figure->numerator_measure - 1].cell);
	}
}

/* Every measure of every line. */
static void each_sum(struct lines *lines, void (*visit)(struct lines *lines, size_t line, size_t measure))
{
	const struct universe *universe = lines->universe;
	for (size_t i = 0; i < universe->result_count; i++)
		for (size_t j = 0; j < universe->results[i].measure_count; j++)
			visit(lines, i + 1, universe->rests_measures[universe->results[i].first_measure + j]);
	for (size_t i = 0; i < universe->figure_count; i++)
		if (universe->figures[i].numerator_measure)
			visit(lines, universe->figures[i].result, universe->figures[i].numerator_measure);
}

static void mark_sum_shown(struct lines *lines, size_t line, size_t measure)
{
	if (lines->universe->results[line - 1].status != RESULT_HIDDEN)
		lines->sum_shown[measure] = true;
}

static void mark_by_sum(struct lines *lines, size_t line, size_t measure)
{
	if (!lines->sum_shown[measure] && lines->universe->measures[measure - 1].cell != lines->only[line])
		lines->by_sum[line] = true;
}

static struct lines read_lines(const struct universe *universe)
{
	struct lines lines = { .universe = universe,
		               .shown = mem_alloc(universe->cell_count + 1, sizeof *lines.shown),
		               .only = mem_alloc(universe->result_count + 1, sizeof *lines.only),
		               .sum_shown = mem_alloc(universe->measure_count + 1, sizeof *lines.sum_shown),
		               .by_sum = mem_alloc(universe->result_count + 1, sizeof *lines.by_sum) };
	for (size_t i = 1; i <= universe->cell_count; i++) {
		const struct cell *cell = &universe->cells[i - 1];
		lines.shown[i] = cell->n >= 0 || !universe->units[cell->unit - 1].confidential
		                 || (cell->least == 0 && cell->most == 0); /* nobody, as everybody knows */
	}
	each_rest(&lines, mark_shown);
	each_rest(&lines, mark_only);
	each_sum(&lines, mark_sum_shown);
	each_sum(&lines, mark_by_sum);
	return lines;
}

static bool is_sensitive(const struct attacker_policy *policy, const char *condition)
{
	char *names = mem_copy_text(policy->sensitive ? policy->sensitive : ""), *rest = NULL;
	bool sensitive = false;
	for (char *name = strtok_r(names, " ", &rest); name && !sensitive; name = strtok_r(NULL, " ", &rest))
		sensitive = cell_names_code(condition, name);
	free(names);
	return sensitive;
}

/* Of each cell that can be told to be hidden: the place of its doubt, plus one. Free with free(). `cells` are the
 * attacker's. */
static size_t *note_doubts(struct attacker *attacker, const struct lines *lines, const size_t *cells,
                           const struct attacker_policy *policy)
{
	const struct universe *universe = lines->universe;
	size_t *doubts = mem_alloc(universe->cell_count + 1, sizeof *doubts);
	for (size_t i = 1; i <= universe->result_count; i++) {
		size_t cell = lines->only[i];
		if (universe->results[i - 1].status != RESULT_HIDDEN || !cell || cell == MANY || lines->by_sum[i]
		    || doubts[cell])
			continue;
		int own = universe->units[universe->cells[cell - 1].unit - 1].threshold;
		int threshold = own ? own : policy->threshold;
		bool sensitive = is_sensitive(policy, universe->cells[cell - 1].condition);
		attacker->doubts = mem_grow(attacker->doubts, attacker->doubt_count, &attacker->doubt_capacity,
		                            sizeof *attacker->doubts);
		attacker->doubts[attacker->doubt_count++] =
			(struct doubt){ .cell = cells[cell],
			                .threshold = sensitive && policy->min_group > threshold ? policy->min_group
			                                                                        : threshold,
			                .sensitive = sensitive };
		doubts[cell] = attacker->doubt_count;
	}
	return doubts;
}

/* Whether a group that is shown is known not to be below the threshold, or is no secret. */
static bool is_large(const struct universe *universe, size_t group, int threshold, const struct attacker_policy *policy)
{
	const struct cell *cell = &universe->cells[group - 1];
	if (!universe->units[cell->unit - 1].confidential || cell->n == 0)
		return true;
	return cell->n >= 0 ? cell->n >= threshold : !policy->exceptions;
}

/* A group that is shown may be below min_group, and by an exception below the threshold. */
static void note_groups(struct attacker *attacker, const struct lines *lines, const size_t *cells, const size_t *doubts,
                        const struct attacker_policy *policy)
{
	const struct universe *universe = lines->universe;
	for (size_t i = 0; i < universe->relation_count; i++) {
		const struct relation *relation = &universe->relations[i];
		for (size_t j = 0; j < relation->part_count; j++) {
			size_t doubt = doubts[universe->parts[relation->first_part + j]];
			if (!doubt || (lines->shown[relation->parent] && !attacker->doubts[doubt - 1].sensitive
			               && is_large(universe, relation->parent, attacker->doubts[doubt - 1].threshold,
			                           policy)))
				continue;
			attacker->groups = mem_grow(attacker->groups, attacker->group_count, &attacker->group_capacity,
			                            sizeof *attacker->groups);
			attacker->groups[attacker->group_count++] =
				(struct group){ .doubt = doubt - 1, .cell = cells[relation->parent] };
		}
	}
}

void attacker_learn_hidden(struct attacker *attacker, const struct universe *shown, const size_t *cells,
                           const struct attacker_policy *policy)
{
	struct lines lines = read_lines(shown);
	size_t *doubts = note_doubts(attacker, &lines, cells, policy);
	note_groups(attacker, &lines, cells, doubts, policy);
	free(doubts);
	free(lines.only);
	free(lines.sum_shown);
	free(lines.by_sum);
	free(lines.shown);
}

bool attacker_settle(struct attacker *attacker)
{
	bool told = false;
	for (size_t i = 0; i < attacker->doubt_count; i++)
		attacker->doubts[i].stays = false;
	for (size_t i = 0; i < attacker->group_count; i++) {
		struct doubt *doubt = &attacker->doubts[attacker->groups[i].doubt];
		if (unknowns_at(&attacker->unknowns, attacker->groups[i].cell)->least < doubt->threshold)
			doubt->stays = true;
	}
	for (size_t i = 0; i < attacker->doubt_count; i++)
		if (!attacker->doubts[i].stays)
			told = unknowns_narrow(&attacker->unknowns, attacker->doubts[i].cell, 1, INFINITY) || told;
	return told;
}
