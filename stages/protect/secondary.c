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

/* Marks the cheapest pattern of each block, where it is found, else that of `found`; *cost is theirs. *all: whether
 * every block's is the cheapest. False where cbc failed. */
static bool choose_cheapest(bool *chosen, double *cost, bool *all, const struct secondary_problem *before,
                            const struct secondary_cell *found)
{
	size_t *blocks = find_blocks(before), *cells = mem_alloc(before->cell_count, sizeof *cells);
	bool failed = false;
	*all = true;
	*cost = 0;
	for (size_t block = 0; block < before->cell_count && !failed; block++) {
		size_t count = 0;
		for (size_t i = block; blocks[block] == block && i < before->cell_count; i++)
			if (blocks_first(blocks, i) == block && !room_is_still(&before->cells[i]))
				cells[count++] = i;
		double known = cost_of(before, found, cells, count), exact = known;
		enum exact_outcome outcome = known == 0            ? EXACT_NO_LESS
		                             : count > EXACT_CELLS ? EXACT_GAVE_UP
		                                                   : exact_choose(chosen, before, cells, count, &exact);
		for (size_t i = 0; i < count && outcome != EXACT_FOUND; i++)
			chosen[cells[i]] = found[cells[i]].hidden && !before->cells[cells[i]].hidden;
		*cost += exact;
		*all = *all && outcome != EXACT_GAVE_UP;
		failed = outcome == EXACT_FAILED;
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

static struct secondary_problem copy_problem(const struct secondary_problem *problem,
                                             const struct secondary_cell *cells)
{
	struct secondary_problem copy = *problem;
	copy.cells = mem_alloc(problem->cell_count, sizeof *copy.cells);
	memcpy(copy.cells, cells, problem->cell_count * sizeof *cells);
	return copy;
}

/* The cheapest pattern is proven in whole numbers like any other, and mended where fractions promised too much; it is
 * taken where it is still the cheaper one. False where cbc failed. */
static bool improve(struct secondary_problem *problem, const struct secondary_cell *before)
{
	struct secondary_problem first = copy_problem(problem, before), again = copy_problem(problem, before);
	bool *chosen = mem_alloc(problem->cell_count, sizeof *chosen);
	double least = 0, cost = cost_of_all(&first, problem->cells);
	size_t impossible = 0;
	bool proven = false, ok = choose_cheapest(chosen, &least, &proven, &first, problem->cells);
	if (ok && least < cost && pattern_find(&again, chosen, &impossible)
	    && cost_of_all(&first, again.cells) < cost) {
		memcpy(problem->cells, again.cells, problem->cell_count * sizeof *before);
		cost = cost_of_all(&first, again.cells);
	}
	problem->cheapest = ok && proven && cost <= least + 1e-9 * (1 + least);
	free(first.cells);
	free(again.cells);
	free(chosen);
	return ok;
}

bool secondary_protect(struct secondary_problem *problem, size_t *impossible)
{
	struct secondary_cell *before = mem_alloc(problem->cell_count, sizeof *before);
	memcpy(before, problem->cells, problem->cell_count * sizeof *before);
	bool ok = pattern_find(problem, NULL, impossible) && improve(problem, before);
	free(before);
	return ok;
}
