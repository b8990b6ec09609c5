#include "secondary.h"

#include <stdlib.h>
#include <string.h>

#include "blocks.h"
#include "exact.h"
#include "mem.h"
#include "pattern.h"
#include "room.h"

/* --- the cheapest pattern, where a block is small enough to find it --- */

enum { EXACT_CELLS = 2500 };

/* Cells that relations tie together; those that can never move tie nothing. Free with free(). */
static size_t *find_blocks(const struct secondary_problem *problem)
{
	size_t *blocks = blocks_new(problem->cell_count);
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		size_t first = relation->parent; /* the first that can move ties the others */
		for (size_t i = 0; i < relation->part_count && room_is_still(&problem->cells[first]); i++)
			first = relation->parts[i];
		for (size_t i = 0; !room_is_still(&problem->cells[first]) && i < relation->part_count; i++)
			if (!room_is_still(&problem->cells[relation->parts[i]]))
				blocks_join(blocks, first, relation->parts[i]);
	}
	return blocks;
}

static double cost_of(const struct secondary_problem *before, const struct secondary_cell *after, const size_t *cells,
                      size_t count)
{
	double cost = 0;
	for (size_t i = 0; i < count; i++)
		cost += after[cells[i]].hidden && !before->cells[cells[i]].hidden ? before->cells[cells[i]].cost : 0;
	return cost;
}

/* What the search for the cheapest pattern brought. */
struct cheapest {
	bool *chosen; /* by cell: the pattern, in blocks without a cheaper one that of the heuristic */
	double cost;
	bool any, all; /* whether it is cheaper in some block; whether it is the cheapest of every block */
};

static enum exact_outcome choose_in_block(struct cheapest *cheapest, const struct secondary_problem *before,
                                          const struct secondary_cell *found, const size_t *cells, size_t count)
{
	double cost = cost_of(before, found, cells, count);
	enum exact_outcome outcome = cost == 0             ? EXACT_NO_LESS
	                             : count > EXACT_CELLS ? EXACT_GAVE_UP
	                                                   : exact_choose(cheapest->chosen, before, cells, count, &cost);
	for (size_t i = 0; i < count && outcome != EXACT_FOUND; i++)
		cheapest->chosen[cells[i]] = found[cells[i]].hidden && !before->cells[cells[i]].hidden;
	cheapest->cost += cost;
	cheapest->any = cheapest->any || outcome == EXACT_FOUND;
	cheapest->all = cheapest->all && outcome != EXACT_GAVE_UP;
	return outcome;
}

/* False where cbc failed. */
static bool choose_cheapest(struct cheapest *cheapest, const struct secondary_problem *before,
                            const struct secondary_cell *found)
{
	size_t *blocks = find_blocks(before), *cells = mem_alloc(before->cell_count, sizeof *cells);
	bool failed = false;
	*cheapest = (struct cheapest){ .chosen = mem_alloc(before->cell_count, sizeof *cheapest->chosen), .all = true };
	for (size_t block = 0; block < before->cell_count && !failed; block++) {
		size_t count = 0;
		for (size_t i = block; blocks[block] == block && i < before->cell_count; i++)
			if (blocks_first(blocks, i) == block && !room_is_still(&before->cells[i]))
				cells[count++] = i;
		failed = choose_in_block(cheapest, before, found, cells, count) == EXACT_FAILED;
	}
	free(blocks);
	free(cells);
	return !failed;
}

static double cost_of_all(const struct secondary_problem *before, const struct secondary_cell *after)
{
	size_t *all = mem_alloc(before->cell_count, sizeof *all);
	for (size_t i = 0; i < before->cell_count; i++)
		all[i] = i;
	double cost = cost_of(before, after, all, before->cell_count);
	free(all);
	return cost;
}

static struct secondary_problem copy_problem(const struct secondary_problem *problem)
{
	struct secondary_problem copy = *problem;
	copy.cells = mem_alloc(problem->cell_count, sizeof *copy.cells);
	memcpy(copy.cells, problem->cells, problem->cell_count * sizeof *copy.cells);
	return copy;
}

static bool is_no_more(double cost, double least)
{
	return cost <= least + 1e-9 * (1 + least);
}

/* The cheapest pattern is proven in whole numbers like any other, and mended where fractions promised too much: *cost
 * is what it costs then. */
static bool prove(struct secondary_problem *again, double *cost, const struct cheapest *cheapest,
                  const struct secondary_problem *before)
{
	size_t impossible = 0;
	struct pattern *pattern = pattern_new(again, cheapest->chosen);
	bool ok = pattern_protect(pattern, &impossible);
	if (ok && cheapest->all && is_no_more(cost_of_all(before, again->cells), cheapest->cost))
		pattern_show_useless(pattern);
	else if (ok)
		pattern_show_again(pattern);
	*cost = cost_of_all(before, again->cells);
	pattern_free(pattern);
	return ok;
}

/* Of the heuristic's pattern and the cheapest one, proven, the one that costs less. False where cbc failed. */
static bool improve(struct secondary_problem *problem, struct pattern *found, const struct secondary_problem *before)
{
	struct secondary_problem again = copy_problem(before);
	struct cheapest cheapest = { 0 };
	double proven = 0;
	bool ok = choose_cheapest(&cheapest, before, problem->cells);
	bool is_proven = ok && cheapest.any && prove(&again, &proven, &cheapest, before);
	if (ok && !(is_proven && is_no_more(proven, cheapest.cost))) {
		if (cheapest.any || !cheapest.all)
			pattern_show_again(found);
		else
			pattern_show_useless(found);
	}
	double cost = cost_of_all(before, problem->cells);
	if (is_proven && proven < cost) {
		memcpy(problem->cells, again.cells, problem->cell_count * sizeof *again.cells);
		cost = proven;
	}
	problem->cheapest = ok && cheapest.all && is_no_more(cost, cheapest.cost);
	free(again.cells);
	free(cheapest.chosen);
	return ok;
}

bool secondary_protect(struct secondary_problem *problem, size_t *impossible)
{
	struct secondary_problem before = copy_problem(problem);
	struct pattern *found = pattern_new(problem, NULL);
	bool ok = pattern_protect(found, impossible) && improve(problem, found, &before);
	pattern_free(found);
	free(before.cells);
	return ok;
}
