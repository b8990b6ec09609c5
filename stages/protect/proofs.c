#include "proofs.h"

#include <assert.h>
#include <stdlib.h>

#include "mem.h"
#include "room.h"

/* How far up its interval must go. */
static long long up_of(const struct secondary_cell *cell)
{
	return cell->reach - cell->n > cell->above ? cell->reach - cell->n : cell->above;
}

static long long width_of(const struct proofs *proofs, const struct demand *demand)
{
	return demand->insiders ? insiders_width(proofs->problem, demand->cell)
	                        : proofs->problem->cells[demand->cell].width;
}

/* Whether both ends are where they must be, so that only the width may be lacking. */
static bool has_ends(const struct proofs *proofs, const struct demand *demand)
{
	const struct secondary_cell *it = &proofs->problem->cells[demand->cell];
	const struct interval *interval = &demand->interval;
	return demand->insiders || (interval->most >= it->n + up_of(it) && interval->least <= it->n - it->below);
}

bool proofs_meet(const struct proofs *proofs, size_t number)
{
	const struct demand *demand = &proofs->demands[number];
	return demand->interval.most - demand->interval.least >= width_of(proofs, demand) && has_ends(proofs, demand);
}

/* A move up to one end, and one down to the other if it may be so few. */
static size_t both_ways(struct alternative_aim aims[2], const struct proofs *proofs, size_t cell, long long most,
                        long long least)
{
	const struct secondary_cell *it = &proofs->problem->cells[cell];
	aims[0] = (struct alternative_aim){ .cell = cell, .by = most - it->n };
	aims[1] = (struct alternative_aim){ .cell = cell, .by = least - it->n };
	return least >= it->least ? 2 : 1;
}

size_t proofs_aims(struct alternative_aim aims[2], const struct proofs *proofs, size_t number)
{
	const struct demand *demand = &proofs->demands[number];
	const struct secondary_cell *it = &proofs->problem->cells[demand->cell];
	const struct interval *interval = &demand->interval;
	long long width = width_of(proofs, demand), up = up_of(it);
	if (proofs_meet(proofs, number))
		return 0;
	if (has_ends(proofs, demand))
		return both_ways(aims, proofs, demand->cell, interval->least + width, interval->most - width);
	aims[0] = (struct alternative_aim){ .cell = demand->cell, .by = interval->most < it->n + up ? up : -it->below };
	return 1;
}

size_t proofs_steps(struct alternative_aim steps[2], const struct proofs *proofs, size_t number)
{
	const struct demand *demand = &proofs->demands[number];
	const struct interval *interval = &demand->interval;
	if (proofs_meet(proofs, number) || !has_ends(proofs, demand))
		return 0;
	return both_ways(steps, proofs, demand->cell, interval->most + 1, interval->least - 1);
}

static void release(struct proofs *proofs, long number)
{
	if (number == NO_PROOF)
		return;
	struct proof *proof = &proofs->proofs[number];
	assert(proof->needed > 0);
	if (--proof->needed == 0)
		alternative_free(&proof->alternative);
}

static void hold(struct proofs *proofs, long number)
{
	if (number != NO_PROOF)
		proofs->proofs[number].needed++;
}

void proofs_hold(struct proofs *proofs, const struct interval *interval)
{
	hold(proofs, interval->least_proof);
	hold(proofs, interval->most_proof);
}

void proofs_release(struct proofs *proofs, const struct interval *interval)
{
	release(proofs, interval->least_proof);
	release(proofs, interval->most_proof);
}

static struct interval the_truth(const struct proofs *proofs, size_t cell)
{
	long long n = proofs->problem->cells[cell].n;
	return (struct interval){ .least = n, .most = n, .least_proof = NO_PROOF, .most_proof = NO_PROOF };
}

void proofs_forget(struct proofs *proofs, size_t number)
{
	struct demand *demand = &proofs->demands[number];
	proofs_release(proofs, &demand->interval);
	demand->interval = the_truth(proofs, demand->cell);
}

bool proofs_need_hidden(const struct proofs *proofs, const struct alternative_move *move)
{
	return !room_holds(room_of(&proofs->problem->cells[move->cell], false), move->by);
}

/* Whether the insiders could tell it from the truth. */
static bool is_known_false(const struct alternative *alternative, const struct coalition *insiders)
{
	for (size_t i = 0; insiders && i < insiders->count; i++)
		if (alternative_move_of(alternative, insiders->cells[i]))
			return true;
	return false;
}

static void widen(struct proofs *proofs, size_t number, const struct alternative_move *move, long proof)
{
	struct demand *demand = &proofs->demands[number];
	struct interval *interval = &demand->interval;
	long long value = proofs->problem->cells[demand->cell].n + move->by;
	if ((value <= interval->most && value >= interval->least) || proofs_meet(proofs, number)
	    || is_known_false(&proofs->proofs[proof].alternative, demand->insiders))
		return;
	hold(proofs, proof);
	if (value > interval->most) {
		release(proofs, interval->most_proof);
		interval->most = value;
		interval->most_proof = proof;
	} else {
		release(proofs, interval->least_proof);
		interval->least = value;
		interval->least_proof = proof;
	}
}

void proofs_use(struct proofs *proofs, struct alternative *alternative)
{
	size_t number = 0;
	while (number < proofs->proof_count && proofs->proofs[number].needed > 0)
		number++;
	if (number == proofs->proof_count) {
		proofs->proofs =
			mem_grow(proofs->proofs, proofs->proof_count, &proofs->proof_capacity, sizeof *proofs->proofs);
		proofs->proof_count++;
	}
	proofs->proofs[number] = (struct proof){ .alternative = *alternative, .needed = 1 };
	for (size_t i = 0; i < alternative->count; i++)
		for (size_t d = proofs->newest[alternative->moves[i].cell]; d; d = proofs->demands[d - 1].next)
			widen(proofs, d - 1, &alternative->moves[i], (long)number);
	release(proofs, (long)number);
	*alternative = (struct alternative){ 0 };
}

static size_t add_demand(struct proofs *proofs, size_t cell, const struct coalition *insiders)
{
	proofs->demands =
		mem_grow(proofs->demands, proofs->demand_count, &proofs->demand_capacity, sizeof *proofs->demands);
	proofs->demands[proofs->demand_count++] = (struct demand){
		.cell = cell, .insiders = insiders, .interval = the_truth(proofs, cell), .next = proofs->newest[cell]
	};
	proofs->newest[cell] = proofs->demand_count;
	return proofs->demand_count - 1;
}

static bool is_demanded(const struct proofs *proofs, size_t cell, const struct coalition *insiders)
{
	for (size_t d = proofs->newest[cell]; d; d = proofs->demands[d - 1].next)
		if (proofs->demands[d - 1].insiders == insiders)
			return true;
	return false;
}

/* Whether it moves what is hidden now, and what is shown no further than readers leave open. */
static bool holds(const struct proofs *proofs, const struct alternative *alternative)
{
	for (size_t i = 0; i < alternative->count; i++)
		if (!proofs->problem->cells[alternative->moves[i].cell].hidden
		    && proofs_need_hidden(proofs, &alternative->moves[i]))
			return false;
	return true;
}

/* A new demand may be met by what proves others: those proofs that still hold, while a cell is shown on trial. */
static void widen_by_known(struct proofs *proofs, size_t demand)
{
	for (size_t p = 0; p < proofs->proof_count; p++) {
		const struct proof *proof = &proofs->proofs[p];
		const struct alternative_move *move =
			proof->needed ? alternative_move_of(&proof->alternative, proofs->demands[demand].cell) : NULL;
		if (move && holds(proofs, &proof->alternative))
			widen(proofs, demand, move, (long)p);
	}
}

/* Against all insiders who know something that the proof moves. */
static void doubt(struct proofs *proofs, size_t cell, long number)
{
	const struct insiders *insiders = proofs->insiders;
	for (size_t i = 0; number != NO_PROOF && i < proofs->proofs[number].alternative.count; i++) {
		size_t moved = proofs->proofs[number].alternative.moves[i].cell;
		for (size_t k = insiders->first[moved]; k < insiders->first[moved + 1]; k++) {
			const struct coalition *coalition = &insiders->coalitions[insiders->knowing[k]];
			if (coalition_knows(coalition, cell) || is_demanded(proofs, cell, coalition))
				continue;
			widen_by_known(proofs, add_demand(proofs, cell, coalition));
		}
	}
}

void proofs_doubt(struct proofs *proofs, size_t demand)
{
	struct interval interval = proofs->demands[demand].interval;
	size_t cell = proofs->demands[demand].cell;
	doubt(proofs, cell, interval.least_proof);
	doubt(proofs, cell, interval.most_proof);
}

void proofs_cut(struct proofs *proofs, size_t count)
{
	assert(count >= proofs->public_count);
	while (proofs->demand_count > count) {
		struct demand *demand = &proofs->demands[--proofs->demand_count];
		proofs_release(proofs, &demand->interval);
		proofs->newest[demand->cell] = demand->next;
	}
}

static bool hides(const struct proofs *proofs, long number, size_t cell)
{
	const struct alternative_move *move =
		number == NO_PROOF ? NULL : alternative_move_of(&proofs->proofs[number].alternative, cell);
	return move && proofs_need_hidden(proofs, move);
}

bool proofs_rest_on(const struct proofs *proofs, size_t demand, size_t cell)
{
	const struct interval *interval = &proofs->demands[demand].interval;
	return hides(proofs, interval->least_proof, cell) || hides(proofs, interval->most_proof, cell);
}

struct proofs *proofs_new(const struct secondary_problem *problem)
{
	struct proofs *proofs = mem_alloc(1, sizeof *proofs);
	proofs->problem = problem;
	proofs->insiders = insiders_new(problem);
	proofs->newest = mem_alloc(problem->cell_count, sizeof *proofs->newest);
	for (size_t i = 0; i < problem->cell_count; i++)
		if (problem->cells[i].unsafe)
			add_demand(proofs, i, NULL);
	proofs->public_count = proofs->demand_count;
	return proofs;
}

void proofs_free(struct proofs *proofs)
{
	if (!proofs)
		return;
	for (size_t i = 0; i < proofs->proof_count; i++)
		if (proofs->proofs[i].needed)
			alternative_free(&proofs->proofs[i].alternative);
	free(proofs->proofs);
	free(proofs->demands);
	free(proofs->newest);
	insiders_free(proofs->insiders);
	free(proofs);
}
