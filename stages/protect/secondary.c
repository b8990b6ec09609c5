#include "secondary.h"

#include <stdlib.h>
#include <string.h>

#include "blocks.h"
#include "exact.h"
#include "mem.h"
#include "pattern.h"
#include "room.h"
#include "ties.h"

/* --- the cheapest pattern, where a block is small enough to find it --- */

enum { EXACT_CELLS = 12000 };

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

/* What the search for the cheapest pattern brought. */
struct cheapest {
	bool *chosen; /* by cell: the pattern, where it was found; else one to begin with */
	double cost;
	bool all; /* whether it is the cheapest of every block */
};

/* False where cbc failed. */
static bool choose_cheapest(struct cheapest *cheapest, const struct secondary_problem *before)
{
	size_t *blocks = find_blocks(before), *cells = mem_alloc(before->cell_count, sizeof *cells);
	struct ties *ties = ties_new(before);
	struct insiders *insiders = insiders_new(before);
	bool failed = false;
	*cheapest = (struct cheapest){ .chosen = mem_alloc(before->cell_count, sizeof *cheapest->chosen), .all = true };
	for (size_t block = 0; block < before->cell_count && !failed; block++) {
		size_t count = 0;
		double cost = 0;
		bool unsafe = false;
		for (size_t i = block; blocks[block] == block && i < before->cell_count; i++)
			if (blocks_first(blocks, i) == block && !room_is_still(&before->cells[i])) {
				cells[count++] = i;
				unsafe = unsafe || before->cells[i].unsafe;
			}
		if (!unsafe)
			continue;
		enum exact_outcome outcome = count > EXACT_CELLS
		                                     ? EXACT_GAVE_UP
		                                     : exact_choose(cheapest->chosen, &cost, before, ties, insiders,
		                                                    cells, count);
		cheapest->cost += cost;
		cheapest->all = cheapest->all && outcome == EXACT_FOUND;
		failed = outcome == EXACT_FAILED;
	}
	insiders_free(insiders);
	ties_free(ties);
	free(blocks);
	free(cells);
	return !failed;
}

static double cost_of(const struct secondary_problem *problem, const struct secondary_problem *before)
{
	double cost = 0;
	for (size_t i = 0; i < problem->cell_count; i++)
		cost += problem->cells[i].hidden && !before->cells[i].hidden ? problem->cells[i].cost : 0;
	return cost;
}

static struct secondary_problem copy_problem(const struct secondary_problem *problem)
{
	struct secondary_problem copy = *problem;
	copy.cells = mem_alloc(problem->cell_count, sizeof *copy.cells);
	memcpy(copy.cells, problem->cells, problem->cell_count * sizeof *copy.cells);
	return copy;
}

/* The cheapest pattern is proven in whole numbers like any other, and mended where fractions promised too much. */
static bool prove(struct secondary_problem *problem, const struct cheapest *cheapest, size_t *impossible)
{
	struct secondary_problem before = copy_problem(problem);
	struct pattern *pattern = pattern_new(problem, cheapest->chosen, cheapest->all);
	bool ok = pattern_protect(pattern, impossible);
	double least = cheapest->cost + 1e-9 * (1 + cheapest->cost);
	problem->cheapest = ok && cheapest->all && cost_of(problem, &before) <= least;
	if (problem->cheapest)
		pattern_show_useless(pattern);
	else if (ok)
		pattern_show_again(pattern);
	pattern_free(pattern);
	free(before.cells);
	return ok;
}

bool secondary_protect(struct secondary_problem *problem, size_t *impossible)
{
	struct cheapest cheapest = { 0 };
	bool ok = choose_cheapest(&cheapest, problem) && prove(problem, &cheapest, impossible);
	free(cheapest.chosen);
	return ok;
}
