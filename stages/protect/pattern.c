#include "pattern.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "alternative.h"
#include "mem.h"
#include "proofs.h"

/* How many cells around one to look at for a proof before looking further: near ones are found sooner. */
static const size_t near = 400, wide = 1500, everywhere = (size_t)-1;

struct pattern {
	struct secondary_problem *problem;
	struct alternative_finder *finder;
	struct proofs *proofs;
	bool *secondary; /* by cell: hidden here */
	bool is_enough;  /* what was chosen is likely to be all */
};

/* Try to meet all of these at once with what is hidden, as long as that meets one more of them. */
static void protect_together(struct pattern *pattern, const size_t *demands, size_t count)
{
	struct alternative_aim *aims = mem_alloc(count, sizeof *aims);
	size_t left = count + 1, aim_count = 0;
	for (;;) {
		aim_count = 0;
		for (size_t i = 0; i < count; i++) {
			struct alternative_aim ways[2];
			if (proofs_aims(ways, pattern->proofs, demands[i]) > 0)
				aims[aim_count++] = ways[0];
		}
		if (aim_count == 0 || aim_count >= left)
			break;
		left = aim_count;
		struct alternative *found = NULL;
		size_t found_count = alternative_find_many(&found, pattern->finder, aims, aim_count, everywhere);
		for (size_t i = 0; i < found_count; i++)
			proofs_use(pattern->proofs, &found[i]);
		free(found);
	}
	free(aims);
}

/* What the alternative would hide. */
static double price(const struct pattern *pattern, const struct alternative *alternative)
{
	double cost = 0;
	for (size_t i = 0; i < alternative->count; i++) {
		const struct secondary_cell *cell = &pattern->problem->cells[alternative->moves[i].cell];
		if (!cell->hidden && proofs_need_hidden(pattern->proofs, &alternative->moves[i]))
			cost += cell->cost;
	}
	return cost;
}

/* The cheapest alternative that meets one of the aims. */
static bool find_one(struct alternative *best, struct pattern *pattern, const struct alternative_aim *aims,
                     size_t count, enum alternative_reach reach, size_t limit)
{
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		struct alternative found = { 0 };
		if (!alternative_find(&found, pattern->finder, &aims[i], reach, limit))
			continue;
		if (!any || price(pattern, &found) < price(pattern, best)) {
			alternative_free(best);
			*best = found;
		} else {
			alternative_free(&found);
		}
		any = true;
	}
	return any;
}

/* One that brings the demand nearer to being met: all the way where hiding more can, else by a step. */
static bool find_nearer(struct alternative *best, struct pattern *pattern, size_t demand, bool may_hide)
{
	struct alternative_aim aims[2], steps[2];
	size_t count = proofs_aims(aims, pattern->proofs, demand);
	size_t step_count = proofs_steps(steps, pattern->proofs, demand);
	const struct coalition *insiders = pattern->proofs->demands[demand].insiders;
	alternative_pin(pattern->finder, insiders ? insiders->cells : NULL, insiders ? insiders->count : 0);
	bool found = find_one(best, pattern, aims, count, ALTERNATIVE_HIDDEN, near)
	             || find_one(best, pattern, steps, step_count, ALTERNATIVE_HIDDEN, near);
	if (may_hide && pattern->is_enough)
		found = found || find_one(best, pattern, aims, count, ALTERNATIVE_HIDDEN, everywhere)
		        || find_one(best, pattern, steps, step_count, ALTERNATIVE_HIDDEN, everywhere);
	if (may_hide)
		found = found || find_one(best, pattern, aims, count, ALTERNATIVE_ANY, near)
		        || find_one(best, pattern, aims, count, ALTERNATIVE_ANY, wide)
		        || find_one(best, pattern, aims, count, ALTERNATIVE_ANY, everywhere)
		        || find_one(best, pattern, steps, step_count, ALTERNATIVE_ANY, everywhere);
	alternative_pin(pattern->finder, NULL, 0);
	return found;
}

static void hide_moved(struct pattern *pattern, const struct alternative *alternative)
{
	for (size_t i = 0; i < alternative->count; i++) {
		size_t cell = alternative->moves[i].cell;
		if (!pattern->problem->cells[cell].hidden
		    && proofs_need_hidden(pattern->proofs, &alternative->moves[i])) {
			pattern->problem->cells[cell].hidden = true;
			pattern->secondary[cell] = true;
		}
	}
}

/* Whether the demand can be met, with what is hidden or by hiding more. */
static bool meet(struct pattern *pattern, size_t demand, bool may_hide)
{
	while (!proofs_meet(pattern->proofs, demand)) {
		struct alternative found = { 0 };
		if (!find_nearer(&found, pattern, demand, may_hide))
			return false;
		hide_moved(pattern, &found);
		proofs_use(pattern->proofs, &found);
	}
	return true;
}

/* --- showing again what need not be hidden --- */

/* Demands that are proven anew, and what proved them before. */
struct retrial {
	size_t *demands;
	struct interval *before;
	size_t count, demand_capacity, before_capacity;
};

static void gather_resting(struct retrial *retrial, struct pattern *pattern, size_t cell)
{
	struct proofs *proofs = pattern->proofs;
	retrial->count = 0;
	for (size_t d = 0; d < proofs->demand_count; d++) {
		if (!proofs_rest_on(proofs, d, cell))
			continue;
		retrial->demands =
			mem_grow(retrial->demands, retrial->count, &retrial->demand_capacity, sizeof *retrial->demands);
		retrial->before =
			mem_grow(retrial->before, retrial->count, &retrial->before_capacity, sizeof *retrial->before);
		retrial->demands[retrial->count] = d;
		retrial->before[retrial->count++] = proofs->demands[d].interval;
	}
	for (size_t i = 0; i < retrial->count; i++) {
		proofs_hold(proofs, &retrial->before[i]);
		proofs_forget(proofs, retrial->demands[i]);
	}
}

/* Meet them anew, and what insiders then give reason to demand. */
static bool meet_again(struct pattern *pattern, const struct retrial *retrial)
{
	size_t known = pattern->proofs->demand_count;
	for (size_t i = 0; i < retrial->count; i++)
		if (!meet(pattern, retrial->demands[i], false))
			return false;
	for (size_t i = 0; i < retrial->count && retrial->demands[i] < pattern->proofs->public_count; i++)
		proofs_doubt(pattern->proofs, retrial->demands[i]);
	for (size_t d = known; d < pattern->proofs->demand_count; d++)
		if (!meet(pattern, d, false))
			return false;
	return true;
}

/* Show the cell again if all that its hiding protects can be protected without it. */
static void try_to_show(struct pattern *pattern, size_t cell, struct retrial *retrial)
{
	struct proofs *proofs = pattern->proofs;
	size_t known = proofs->demand_count;
	gather_resting(retrial, pattern, cell);
	pattern->problem->cells[cell].hidden = false;
	bool ok = meet_again(pattern, retrial);
	if (!ok)
		proofs_cut(proofs, known);
	for (size_t i = 0; i < retrial->count; i++) {
		if (ok) {
			proofs_release(proofs, &retrial->before[i]);
		} else {
			proofs_forget(proofs, retrial->demands[i]);
			proofs->demands[retrial->demands[i]].interval = retrial->before[i];
		}
	}
	pattern->problem->cells[cell].hidden = !ok;
	pattern->secondary[cell] = !ok;
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

void pattern_show_again(struct pattern *pattern)
{
	const struct secondary_problem *problem = pattern->problem;
	struct candidate *candidates = mem_alloc(problem->cell_count, sizeof *candidates);
	struct retrial retrial = { 0 };
	size_t count = 0;
	for (size_t i = 0; i < problem->cell_count; i++)
		if (pattern->secondary[i])
			candidates[count++] = (struct candidate){ .cell = i, .cost = problem->cells[i].cost };
	if (count)
		mem_sort(candidates, count, sizeof *candidates, compare_candidates);
	for (size_t i = 0; i < count; i++)
		try_to_show(pattern, candidates[i].cell, &retrial);
	free(candidates);
	free(retrial.demands);
	free(retrial.before);
	pattern_show_useless(pattern);
}

/* A secondary cell that no proof moves further than it may where it is shown protects nothing; what is left can each
 * have another value than its own. */
void pattern_show_useless(struct pattern *pattern)
{
	bool *useful = mem_alloc(pattern->problem->cell_count, sizeof *useful);
	for (size_t i = 0; i < pattern->proofs->proof_count; i++) {
		const struct proof *proof = &pattern->proofs->proofs[i];
		for (size_t j = 0; proof->needed && j < proof->alternative.count; j++)
			if (proofs_need_hidden(pattern->proofs, &proof->alternative.moves[j]))
				useful[proof->alternative.moves[j].cell] = true;
	}
	for (size_t i = 0; i < pattern->problem->cell_count; i++) {
		if (pattern->secondary[i] && !useful[i]) {
			pattern->problem->cells[i].hidden = false;
			pattern->secondary[i] = false;
		}
	}
	free(useful);
}

/* --- the whole --- */

struct urgency {
	size_t demand;
	long long n;
};

/* The smallest first: what they need is most, and others find much of it hidden already. */
static int compare_urgency(const void *a, const void *b)
{
	const struct urgency *left = a, *right = b;
	if (left->n != right->n)
		return left->n < right->n ? -1 : 1;
	return (left->demand > right->demand) - (left->demand < right->demand);
}

/* The demands from this one on that are not met, the most urgent first. */
static size_t list_open(size_t *open, const struct pattern *pattern, size_t first)
{
	const struct proofs *proofs = pattern->proofs;
	struct urgency *order = mem_alloc(proofs->demand_count, sizeof *order);
	size_t count = 0;
	for (size_t d = first; d < proofs->demand_count; d++)
		if (!proofs_meet(proofs, d))
			order[count++] = (struct urgency){ .demand = d,
				                           .n = pattern->problem->cells[proofs->demands[d].cell].n };
	if (count)
		mem_sort(order, count, sizeof *order, compare_urgency);
	for (size_t i = 0; i < count; i++)
		open[i] = order[i].demand;
	free(order);
	return count;
}

/* The demands from this one on. Marks the cells of those that cannot be met. */
static bool meet_all(struct pattern *pattern, size_t first)
{
	size_t *open = mem_alloc(pattern->proofs->demand_count, sizeof *open);
	size_t count = list_open(open, pattern, first);
	bool ok = true;
	if (first == 0)
		protect_together(pattern, open, count);
	for (size_t i = 0; i < count; i++)
		if (!meet(pattern, open[i], true)) {
			pattern->problem->cells[pattern->proofs->demands[open[i]].cell].impossible = true;
			ok = false;
		}
	free(open);
	return ok;
}

bool pattern_protect(struct pattern *pattern, size_t *impossible)
{
	bool ok = meet_all(pattern, 0);
	size_t public_count = pattern->proofs->public_count;
	for (size_t d = 0; ok && d < public_count; d++)
		proofs_doubt(pattern->proofs, d);
	ok = ok && meet_all(pattern, public_count);
	for (size_t i = pattern->problem->cell_count; i-- > 0;)
		if (pattern->problem->cells[i].impossible)
			*impossible = i;
	return ok;
}

static void check_problem(const struct secondary_problem *problem)
{
	for (size_t i = 0; i < problem->cell_count; i++) {
		const struct secondary_cell *cell = &problem->cells[i];
		assert(!(cell->unsafe && !cell->hidden) && !(cell->fixed && cell->hidden));
		assert(cell->shown_least <= cell->n && cell->n <= cell->shown_most && cell->n <= cell->most);
		(void)cell;
	}
}

struct pattern *pattern_new(struct secondary_problem *problem, const bool *chosen, bool enough)
{
	struct pattern *pattern = mem_alloc(1, sizeof *pattern);
	check_problem(problem);
	pattern->problem = problem;
	pattern->finder = alternative_finder_new(problem);
	pattern->proofs = proofs_new(problem);
	pattern->secondary = mem_alloc(problem->cell_count, sizeof *pattern->secondary);
	pattern->is_enough = enough;
	for (size_t i = 0; i < problem->cell_count; i++)
		if (chosen[i])
			problem->cells[i].hidden = pattern->secondary[i] = true;
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	proofs_free(pattern->proofs);
	alternative_finder_free(pattern->finder);
	free(pattern->secondary);
	free(pattern);
}
