#include "secondary.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "alternative.h"
#include "exact.h"
#include "mem.h"
#include "room.h"

/* How many cells around one to look at for a proof before looking further: near ones are found sooner. */
static const size_t near = 400, wide = 1500, everywhere = (size_t)-1;

/* An alternative that some unsafe cell needs as a proof; free for the next one where `needed` is 0. */
struct proof {
	struct alternative alternative;
	size_t needed; /* by how many ends of intervals */
};

enum { NO_PROOF = -1 };

/* The interval of an unsafe cell, as far as it is proven. The true value needs no proof. */
struct interval {
	long long least, most;
	long least_proof, most_proof; /* positions in the proofs, or NO_PROOF */
};

struct protection {
	struct secondary_problem *problem;
	struct alternative_finder *finder;
	struct proof *proofs;
	size_t proof_count, proof_capacity;
	struct interval *intervals; /* by cell */
	bool *secondary;            /* by cell: hidden here */
};

static bool is_protected(const struct protection *protection, size_t cell)
{
	const struct secondary_cell *it = &protection->problem->cells[cell];
	const struct interval *interval = &protection->intervals[cell];
	return interval->most >= it->reach && interval->most >= it->n + it->above
	       && interval->least <= it->n - it->below && interval->most - interval->least >= it->width;
}

static void release_proof(struct protection *protection, long number)
{
	if (number == NO_PROOF)
		return;
	struct proof *proof = &protection->proofs[number];
	assert(proof->needed > 0);
	if (--proof->needed == 0)
		alternative_free(&proof->alternative);
}

static void need_proof(struct protection *protection, long number)
{
	if (number != NO_PROOF)
		protection->proofs[number].needed++;
}

static void widen(struct protection *protection, const struct alternative_move *move, long number)
{
	const struct secondary_cell *cell = &protection->problem->cells[move->cell];
	struct interval *interval = &protection->intervals[move->cell];
	long long value = cell->n + move->by;
	if (!cell->unsafe || is_protected(protection, move->cell))
		return;
	if (value > interval->most) {
		release_proof(protection, interval->most_proof);
		interval->most = value;
		interval->most_proof = number;
		need_proof(protection, number);
	}
	if (value < interval->least) {
		release_proof(protection, interval->least_proof);
		interval->least = value;
		interval->least_proof = number;
		need_proof(protection, number);
	}
}

/* Keep the alternative where it widens the interval of a cell that is not protected yet. Takes what is inside it. */
static void use(struct protection *protection, struct alternative *alternative)
{
	size_t number = 0;
	while (number < protection->proof_count && protection->proofs[number].needed > 0)
		number++;
	if (number == protection->proof_count) {
		protection->proofs = mem_grow(protection->proofs, protection->proof_count, &protection->proof_capacity,
		                              sizeof *protection->proofs);
		protection->proof_count++;
	}
	protection->proofs[number] = (struct proof){ .alternative = *alternative, .needed = 1 };
	for (size_t i = 0; i < alternative->count; i++)
		widen(protection, &alternative->moves[i], (long)number);
	release_proof(protection, (long)number);
	*alternative = (struct alternative){ 0 };
}

static long long needed_up(const struct secondary_cell *cell)
{
	return cell->reach - cell->n > cell->above ? cell->reach - cell->n : cell->above;
}

/* Whether both ends are where they must be, so that only the width may be lacking. */
static bool has_ends(const struct protection *protection, size_t cell)
{
	const struct secondary_cell *it = &protection->problem->cells[cell];
	const struct interval *interval = &protection->intervals[cell];
	return interval->most >= it->n + needed_up(it) && interval->least <= it->n - it->below;
}

/* What the cell's interval lacks still: a move to where an end must be, or one that makes it wide enough; two where
 * the first is not the only way. */
static size_t aims_of(struct alternative_aim aims[2], const struct protection *protection, size_t cell)
{
	const struct secondary_cell *it = &protection->problem->cells[cell];
	const struct interval *interval = &protection->intervals[cell];
	if (is_protected(protection, cell))
		return 0;
	long long up = needed_up(it);
	if (!has_ends(protection, cell)) {
		aims[0] = (struct alternative_aim){ .cell = cell, .by = interval->most < it->n + up ? up : -it->below };
		return 1;
	}
	aims[0] = (struct alternative_aim){ .cell = cell, .by = interval->least + it->width - it->n };
	aims[1] = (struct alternative_aim){ .cell = cell, .by = interval->most - it->width - it->n };
	return it->n + aims[1].by >= it->least ? 2 : 1;
}

/* Try to protect all of these at once with what is hidden, as long as that protects one more of them. */
static void protect_together(struct protection *protection, const size_t *cells, size_t count)
{
	struct alternative_aim *aims = mem_alloc(count, sizeof *aims);
	size_t left = count + 1, aim_count = 0;
	for (;;) {
		aim_count = 0;
		for (size_t i = 0; i < count; i++) {
			struct alternative_aim ways[2];
			if (aims_of(ways, protection, cells[i]) > 0)
				aims[aim_count++] = ways[0];
		}
		if (aim_count == 0 || aim_count >= left)
			break;
		left = aim_count;
		struct alternative *found = NULL;
		size_t found_count = alternative_find_many(&found, protection->finder, aims, aim_count, everywhere);
		for (size_t i = 0; i < found_count; i++)
			use(protection, &found[i]);
		free(found);
	}
	free(aims);
}

/* Whether the cell moves further than readers leave open where it is shown. */
static bool needs_hidden(const struct protection *protection, const struct alternative_move *move)
{
	return !room_holds(room_of(&protection->problem->cells[move->cell], false), move->by);
}

/* What the alternative would hide. */
static double price(const struct protection *protection, const struct alternative *alternative)
{
	double cost = 0;
	for (size_t i = 0; i < alternative->count; i++) {
		const struct secondary_cell *cell = &protection->problem->cells[alternative->moves[i].cell];
		if (!cell->hidden && needs_hidden(protection, &alternative->moves[i]))
			cost += cell->cost;
	}
	return cost;
}

/* Where neither end alone makes the interval wide enough, both together may: one further, and one less. */
static size_t steps_of(struct alternative_aim aims[2], const struct protection *protection, size_t cell)
{
	const struct secondary_cell *it = &protection->problem->cells[cell];
	const struct interval *interval = &protection->intervals[cell];
	if (aims_of(aims, protection, cell) == 0 || !has_ends(protection, cell))
		return 0;
	aims[0] = (struct alternative_aim){ .cell = cell, .by = interval->most + 1 - it->n };
	aims[1] = (struct alternative_aim){ .cell = cell, .by = interval->least - 1 - it->n };
	return it->n + aims[1].by >= it->least ? 2 : 1;
}

/* The cheapest alternative that meets one of the aims. */
static bool find_step(struct alternative *best, struct protection *protection, const struct alternative_aim *aims,
                      size_t count, enum alternative_reach reach, size_t limit)
{
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		struct alternative found = { 0 };
		if (!alternative_find(&found, protection->finder, &aims[i], reach, limit))
			continue;
		if (!any || price(protection, &found) < price(protection, best)) {
			alternative_free(best);
			*best = found;
		} else {
			alternative_free(&found);
		}
		any = true;
	}
	return any;
}

/* One that brings the cell nearer to its protection: all the way where that can be, else by a step. */
static bool find_nearer(struct alternative *best, struct protection *protection, size_t cell,
                        enum alternative_reach reach, size_t limit)
{
	struct alternative_aim aims[2], steps[2];
	size_t aim_count = aims_of(aims, protection, cell), step_count = steps_of(steps, protection, cell);
	return find_step(best, protection, aims, aim_count, reach, limit)
	       || (reach == ALTERNATIVE_HIDDEN && find_step(best, protection, steps, step_count, reach, limit));
}

static bool find_step_anywhere(struct alternative *best, struct protection *protection, size_t cell)
{
	struct alternative_aim steps[2];
	size_t count = steps_of(steps, protection, cell);
	return find_step(best, protection, steps, count, ALTERNATIVE_ANY, everywhere);
}

static void hide_moved(struct protection *protection, const struct alternative *alternative)
{
	for (size_t i = 0; i < alternative->count; i++) {
		size_t cell = alternative->moves[i].cell;
		if (!protection->problem->cells[cell].hidden && needs_hidden(protection, &alternative->moves[i])) {
			protection->problem->cells[cell].hidden = true;
			protection->secondary[cell] = true;
		}
	}
}

static bool protect_with_hidden(struct protection *protection, size_t cell)
{
	while (!is_protected(protection, cell)) {
		struct alternative found = { 0 };
		if (!find_nearer(&found, protection, cell, ALTERNATIVE_HIDDEN, near))
			return false;
		use(protection, &found);
	}
	return true;
}

static bool protect_one(struct protection *protection, size_t cell)
{
	while (!is_protected(protection, cell)) {
		struct alternative found = { 0 };
		if (!find_nearer(&found, protection, cell, ALTERNATIVE_HIDDEN, near)
		    && !find_nearer(&found, protection, cell, ALTERNATIVE_ANY, near)
		    && !find_nearer(&found, protection, cell, ALTERNATIVE_ANY, wide)
		    && !find_nearer(&found, protection, cell, ALTERNATIVE_ANY, everywhere)
		    && !find_step_anywhere(&found, protection, cell))
			return false;
		hide_moved(protection, &found);
		use(protection, &found);
	}
	return true;
}

/* Whether it moves the cell further than it may move where it is shown. */
static bool proof_hides(const struct protection *protection, const struct proof *proof, size_t cell)
{
	size_t low = 0, high = proof->needed ? proof->alternative.count : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (proof->alternative.moves[middle].cell < cell)
			low = middle + 1;
		else
			high = middle;
	}
	return proof->needed && low < proof->alternative.count && proof->alternative.moves[low].cell == cell
	       && needs_hidden(protection, &proof->alternative.moves[low]);
}

static bool rests_on(const struct protection *protection, long proof, size_t cell)
{
	return proof != NO_PROOF && proof_hides(protection, &protection->proofs[proof], cell);
}

static void forget_interval(struct protection *protection, size_t cell)
{
	struct interval *interval = &protection->intervals[cell];
	long long n = protection->problem->cells[cell].n;
	release_proof(protection, interval->least_proof);
	release_proof(protection, interval->most_proof);
	*interval = (struct interval){ .least = n, .most = n, .least_proof = NO_PROOF, .most_proof = NO_PROOF };
}

/* Show the cell again if all that its hiding protects can be protected without it. */
static void try_to_show(struct protection *protection, size_t cell, size_t *unsafe, struct interval *before)
{
	struct secondary_problem *problem = protection->problem;
	size_t count = 0;
	for (size_t i = 0; i < problem->cell_count; i++) {
		const struct interval *interval = &protection->intervals[i];
		if (problem->cells[i].unsafe
		    && (rests_on(protection, interval->least_proof, cell)
		        || rests_on(protection, interval->most_proof, cell))) {
			before[count] = *interval;
			unsafe[count++] = i;
		}
	}
	for (size_t i = 0; i < count; i++) {
		need_proof(protection, before[i].least_proof);
		need_proof(protection, before[i].most_proof);
		forget_interval(protection, unsafe[i]);
	}

	problem->cells[cell].hidden = false;
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++)
		ok = protect_with_hidden(protection, unsafe[i]);

	for (size_t i = 0; i < count; i++) {
		if (ok) {
			release_proof(protection, before[i].least_proof);
			release_proof(protection, before[i].most_proof);
		} else {
			forget_interval(protection, unsafe[i]);
			protection->intervals[unsafe[i]] = before[i];
		}
	}
	problem->cells[cell].hidden = !ok;
	protection->secondary[cell] = !ok;
}

struct candidate {
	size_t cell;
	double cost;
};

/* The dearest first. */
static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *left = a, *right = b;
	if (left->cost != right->cost)
		return left->cost < right->cost ? 1 : -1;
	return (left->cell > right->cell) - (left->cell < right->cell);
}

static void show_again(struct protection *protection)
{
	struct secondary_problem *problem = protection->problem;
	struct candidate *candidates = mem_alloc(problem->cell_count, sizeof *candidates);
	size_t *unsafe = mem_alloc(problem->cell_count, sizeof *unsafe), count = 0;
	struct interval *before = mem_alloc(problem->cell_count, sizeof *before);
	for (size_t i = 0; i < problem->cell_count; i++)
		if (protection->secondary[i])
			candidates[count++] = (struct candidate){ .cell = i, .cost = problem->cells[i].cost };
	if (count)
		mem_sort(candidates, count, sizeof *candidates, compare_candidates);
	for (size_t i = 0; i < count; i++)
		try_to_show(protection, candidates[i].cell, unsafe, before);
	free(candidates);
	free(unsafe);
	free(before);
}

/* A secondary cell that no proof moves further than it may where it is shown protects nothing; what is left can each
 * have another value than its own. */
static void show_useless(struct protection *protection)
{
	bool *useful = mem_alloc(protection->problem->cell_count, sizeof *useful);
	for (size_t i = 0; i < protection->proof_count; i++) {
		const struct alternative *proof = &protection->proofs[i].alternative;
		for (size_t j = 0; protection->proofs[i].needed && j < proof->count; j++)
			if (needs_hidden(protection, &proof->moves[j]))
				useful[proof->moves[j].cell] = true;
	}
	for (size_t i = 0; i < protection->problem->cell_count; i++) {
		if (protection->secondary[i] && !useful[i]) {
			protection->problem->cells[i].hidden = false;
			protection->secondary[i] = false;
		}
	}
	free(useful);
}

struct urgency {
	size_t cell;
	long long n;
};

/* The smallest first: what they need is most, and others find much of it hidden already. */
static int compare_urgency(const void *a, const void *b)
{
	const struct urgency *left = a, *right = b;
	if (left->n != right->n)
		return left->n < right->n ? -1 : 1;
	return (left->cell > right->cell) - (left->cell < right->cell);
}

/* The unsafe cells that are not protected, the most urgent first. */
static size_t list_open(size_t *open, const struct protection *protection)
{
	const struct secondary_problem *problem = protection->problem;
	struct urgency *order = mem_alloc(problem->cell_count, sizeof *order);
	size_t count = 0;
	for (size_t i = 0; i < problem->cell_count; i++)
		if (problem->cells[i].unsafe && !is_protected(protection, i))
			order[count++] = (struct urgency){ .cell = i, .n = problem->cells[i].n };
	if (count)
		mem_sort(order, count, sizeof *order, compare_urgency);
	for (size_t i = 0; i < count; i++)
		open[i] = order[i].cell;
	free(order);
	return count;
}

static bool protect_all(struct protection *protection, size_t *impossible)
{
	size_t *open = mem_alloc(protection->problem->cell_count, sizeof *open);
	size_t count = list_open(open, protection);
	protect_together(protection, open, count);
	size_t first = protection->problem->cell_count;
	for (size_t i = 0; i < count; i++)
		if (!protect_one(protection, open[i])) {
			protection->problem->cells[open[i]].impossible = true;
			first = open[i] < first ? open[i] : first;
		}
	free(open);
	if (first == protection->problem->cell_count)
		return true;
	*impossible = first;
	return false;
}

static struct protection *protection_new(struct secondary_problem *problem)
{
	struct protection *protection = mem_alloc(1, sizeof *protection);
	protection->problem = problem;
	protection->finder = alternative_finder_new(problem);
	protection->intervals = mem_alloc(problem->cell_count, sizeof *protection->intervals);
	protection->secondary = mem_alloc(problem->cell_count, sizeof *protection->secondary);
	for (size_t i = 0; i < problem->cell_count; i++) {
		const struct secondary_cell *cell = &problem->cells[i];
		assert(!(cell->unsafe && !cell->hidden) && !(cell->fixed && cell->hidden));
		assert(cell->shown_least <= cell->n && cell->n <= cell->shown_most && cell->n <= cell->most);
		protection->intervals[i] = (struct interval){
			.least = cell->n, .most = cell->n, .least_proof = NO_PROOF, .most_proof = NO_PROOF
		};
	}
	return protection;
}

static void protection_free(struct protection *protection)
{
	for (size_t i = 0; i < protection->proof_count; i++)
		if (protection->proofs[i].needed)
			alternative_free(&protection->proofs[i].alternative);
	free(protection->proofs);
	free(protection->intervals);
	free(protection->secondary);
	alternative_finder_free(protection->finder);
	free(protection);
}

/* The heuristic. `chosen` are cells to begin with, hidden to protect others; NULL: none. */
static bool protect_from(struct secondary_problem *problem, const bool *chosen, size_t *impossible)
{
	struct protection *protection = protection_new(problem);
	for (size_t i = 0; chosen && i < problem->cell_count; i++)
		if (chosen[i])
			problem->cells[i].hidden = protection->secondary[i] = true;
	bool ok = protect_all(protection, impossible);
	if (ok) {
		show_again(protection);
		show_useless(protection);
	}
	protection_free(protection);
	return ok;
}

/* --- the cheapest pattern, where a block is small enough to find it --- */

enum { EXACT_CELLS = 2500 };

/* Cells that relations tie together; those that can never move tie nothing. blocks[i] is the first cell of the block of
 * cell i. */
static size_t root_of(size_t *blocks, size_t cell)
{
	while (blocks[cell] != cell)
		cell = blocks[cell] = blocks[blocks[cell]];
	return cell;
}

static void tie(size_t *blocks, const struct secondary_problem *problem, size_t one, size_t other)
{
	if (room_is_still(&problem->cells[one]) || room_is_still(&problem->cells[other]))
		return;
	one = root_of(blocks, one);
	other = root_of(blocks, other);
	blocks[one > other ? one : other] = one < other ? one : other;
}

static size_t *find_blocks(const struct secondary_problem *problem)
{
	size_t *blocks = mem_alloc(problem->cell_count, sizeof *blocks);
	for (size_t i = 0; i < problem->cell_count; i++)
		blocks[i] = i;
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		size_t first = relation->parent; /* the first that can move ties the others */
		for (size_t i = 0; i < relation->part_count && room_is_still(&problem->cells[first]); i++)
			first = relation->parts[i];
		tie(blocks, problem, first, relation->parent);
		for (size_t i = 0; i < relation->part_count; i++)
			tie(blocks, problem, first, relation->parts[i]);
	}
	for (size_t i = 0; i < problem->cell_count; i++)
		root_of(blocks, i);
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

/* Marks the cheapest pattern of each block, where it is found, else that of `found`. Whether every block's is the
 * cheapest; *cost is theirs. */
static bool choose_cheapest(bool *chosen, double *cost, const struct secondary_problem *before,
                            const struct secondary_cell *found)
{
	size_t *blocks = find_blocks(before), *cells = mem_alloc(before->cell_count, sizeof *cells);
	bool all = true;
	*cost = 0;
	for (size_t block = 0; block < before->cell_count; block++) {
		size_t count = 0;
		for (size_t i = block; blocks[block] == block && i < before->cell_count; i++)
			if (root_of(blocks, i) == block && !room_is_still(&before->cells[i]))
				cells[count++] = i;
		double known = cost_of(before, found, cells, count), exact = known;
		enum exact_outcome outcome = known == 0            ? EXACT_NO_LESS
		                             : count > EXACT_CELLS ? EXACT_GAVE_UP
		                                                   : exact_choose(chosen, before, cells, count, &exact);
		for (size_t i = 0; i < count && outcome != EXACT_FOUND; i++)
			chosen[cells[i]] = found[cells[i]].hidden && !before->cells[cells[i]].hidden;
		*cost += exact;
		all = all && outcome != EXACT_GAVE_UP;
	}
	free(blocks);
	free(cells);
	return all;
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
 * taken where it is still the cheaper one. */
static void improve(struct secondary_problem *problem, const struct secondary_cell *before)
{
	struct secondary_problem first = copy_problem(problem, before), again = copy_problem(problem, before);
	bool *chosen = mem_alloc(problem->cell_count, sizeof *chosen);
	double least = 0, cost = cost_of_all(&first, problem->cells);
	size_t impossible = 0;
	bool proven = choose_cheapest(chosen, &least, &first, problem->cells);
	if (least < cost && protect_from(&again, chosen, &impossible) && cost_of_all(&first, again.cells) < cost) {
		memcpy(problem->cells, again.cells, problem->cell_count * sizeof *before);
		cost = cost_of_all(&first, again.cells);
	}
	problem->cheapest = proven && cost <= least + 1e-9 * (1 + least);
	free(first.cells);
	free(again.cells);
	free(chosen);
}

bool secondary_protect(struct secondary_problem *problem, size_t *impossible)
{
	struct secondary_cell *before = mem_alloc(problem->cell_count, sizeof *before);
	memcpy(before, problem->cells, problem->cell_count * sizeof *before);
	bool ok = protect_from(problem, NULL, impossible);
	if (ok)
		improve(problem, before);
	free(before);
	return ok;
}
