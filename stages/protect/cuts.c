#include "cuts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum {
	LEAST_CUTS = 30, /* demands that one round learns of, if there are so many: others often go with these */
	CUT_PART = 8,    /* or a part of all */
	PROOF_LIMIT = 4000,
	PAIR_LIMIT = 100000, /* insiders times unsafe cells */
};
static const double zero = 1e-7;  /* of moves, and of coefficients */
static const double clear = 1e-4; /* a choice in parts breaks a cut by more than that */

/* How far cells can move together, with what is hidden: what shows that some are open. */
struct proof {
	size_t *places; /* of cells that it moves */
	double *by;
	size_t count;
};

/* A demand on one cell: that it can go up and down so far, and that both together are so wide. */
struct demand {
	size_t place;
	double up, down, width;
};

struct cuts {
	const struct secondary_problem *problem;
	const size_t *cells;
	size_t count;
	struct attack *attack;
	const struct insiders *insiders;
	const struct coalition *attacking; /* insiders; NULL: the public */
	struct demand *demands;
	size_t demand_count;
	struct proof *proofs;
	size_t proof_count, proof_capacity;
	glp_prob *master;
	const int *column;
	bool in_parts;
	double *up, *down;    /* by place: how far each is known to go */
	size_t looked_at;     /* proofs that those were learned from */
	double *coefficients; /* of a cut, by place */
	int *index;
	double *value;
};

struct cuts *cuts_new(struct attack *attack, const struct secondary_problem *problem, const struct insiders *insiders,
                      const size_t *cells, size_t count, glp_prob *master, const int *column)
{
	struct cuts *cuts = mem_alloc(1, sizeof *cuts);
	cuts->problem = problem;
	cuts->cells = cells;
	cuts->count = count;
	cuts->attack = attack;
	cuts->master = master;
	cuts->column = column;
	cuts->insiders = insiders;
	cuts->demands = mem_alloc(count, sizeof *cuts->demands);
	cuts->up = mem_alloc(count, sizeof *cuts->up);
	cuts->down = mem_alloc(count, sizeof *cuts->down);
	cuts->coefficients = mem_alloc(count, sizeof *cuts->coefficients);
	cuts->index = mem_alloc(count + 1, sizeof *cuts->index);
	cuts->value = mem_alloc(count + 1, sizeof *cuts->value);
	for (size_t place = 0; place < count; place++) {
		const struct secondary_cell *cell = &problem->cells[cells[place]];
		if (cell->unsafe)
			cuts->demands[cuts->demand_count++] =
				(struct demand){ .place = place,
				                 .up = fmax((double)(cell->reach - cell->n), (double)cell->above),
				                 .down = (double)cell->below,
				                 .width = (double)cell->width };
	}
	return cuts;
}

void cuts_free(struct cuts *cuts)
{
	if (!cuts)
		return;
	for (size_t i = 0; i < cuts->proof_count; i++) {
		free(cuts->proofs[i].places);
		free(cuts->proofs[i].by);
	}
	free(cuts->proofs);
	free(cuts->demands);
	free(cuts->up);
	free(cuts->down);
	free(cuts->coefficients);
	free(cuts->index);
	free(cuts->value);
	free(cuts);
}

bool cuts_are_too_many(const struct cuts *cuts)
{
	return cuts->insiders->count * cuts->demand_count > PAIR_LIMIT;
}

/* --- what earlier solutions show --- */

static void keep_proof(struct cuts *cuts)
{
	size_t count = 0;
	for (size_t place = 0; place < cuts->count; place++) {
		double by = attack_move(cuts->attack, place);
		if (fabs(by) <= zero)
			continue;
		cuts->index[count] = (int)place;
		cuts->value[count++] = by;
	}
	if (count == 0 || cuts->proof_count == PROOF_LIMIT)
		return;
	struct proof proof = { .places = mem_alloc(count, sizeof *proof.places),
		               .by = mem_alloc(count, sizeof *proof.by),
		               .count = count };
	for (size_t i = 0; i < count; i++)
		proof.places[i] = (size_t)cuts->index[i];
	memcpy(proof.by, cuts->value, count * sizeof *proof.by);
	cuts->proofs = mem_grow(cuts->proofs, cuts->proof_count, &cuts->proof_capacity, sizeof *cuts->proofs);
	cuts->proofs[cuts->proof_count++] = proof;
}

static bool holds(const struct cuts *cuts, const struct proof *proof)
{
	for (size_t i = 0; i < proof->count; i++)
		if (!attack_lets(cuts->attack, proof->places[i], proof->by[i]))
			return false;
	return true;
}

static void forget_moves(struct cuts *cuts)
{
	cuts->looked_at = 0;
	memset(cuts->up, 0, cuts->count * sizeof *cuts->up);
	memset(cuts->down, 0, cuts->count * sizeof *cuts->down);
}

/* How far each cell is known to go, from the proofs that what is hidden now lets be. */
static void learn_moves(struct cuts *cuts)
{
	for (; cuts->looked_at < cuts->proof_count; cuts->looked_at++) {
		const struct proof *proof = &cuts->proofs[cuts->looked_at];
		bool open = holds(cuts, proof);
		for (size_t i = 0; open && i < proof->count; i++) {
			size_t place = proof->places[i];
			cuts->up[place] = fmax(cuts->up[place], proof->by[i]);
			cuts->down[place] = fmax(cuts->down[place], -proof->by[i]);
		}
	}
}

/* --- cuts --- */

static bool breaks(const struct cuts *cuts, int length)
{
	double sum = 0;
	for (int i = 1; i <= length; i++)
		sum += cuts->value[i] * glp_get_col_prim(cuts->master, cuts->index[i]);
	return sum < 1 - clear;
}

/* What is chosen must let `needed` be reached, of which `constant` is without any. Whether that is new. */
static bool add_cut(struct cuts *cuts, double needed, double constant)
{
	double right = needed - constant;
	int length = 0;
	for (size_t place = 0; place < cuts->count; place++) {
		double gain = fmin(cuts->coefficients[place], right);
		cuts->coefficients[place] = 0;
		if (!cuts->column[place] || gain <= zero)
			continue;
		cuts->index[++length] = cuts->column[place];
		cuts->value[length] = gain / right;
	}
	if (cuts->in_parts && !breaks(cuts, length))
		return false;
	int row = glp_add_rows(cuts->master, 1);
	glp_set_row_bnds(cuts->master, row, GLP_LO, 1, 0);
	glp_set_mat_row(cuts->master, row, length, cuts->index, cuts->value);
	return true;
}

static double add_gains(struct cuts *cuts, double most)
{
	return attack_gains(cuts->attack, cuts->coefficients, most);
}

static void forget_coefficients(struct cuts *cuts)
{
	memset(cuts->coefficients, 0, cuts->count * sizeof *cuts->coefficients);
}

/* Cut what the demand lacks: whether there is one. *failed: the programme could not be solved. */
static bool cut_demand(struct cuts *cuts, const struct demand *demand, bool *failed)
{
	double most = fmax(demand->up, demand->width), constant = 0;
	double up = attack_furthest(cuts->attack, demand->place, 1, most);
	forget_coefficients(cuts);
	*failed = up < 0;
	if (*failed)
		return false;
	if (up < demand->up - zero)
		return add_cut(cuts, demand->up, add_gains(cuts, demand->up));
	keep_proof(cuts);
	if (up >= demand->width - zero && demand->down <= 0)
		return false;
	if (up < demand->width - zero)
		constant = add_gains(cuts, demand->width);
	double down = attack_furthest(cuts->attack, demand->place, -1, INFINITY);
	*failed = down < 0;
	if (*failed)
		return false;
	if (down < demand->down - zero) {
		forget_coefficients(cuts);
		return add_cut(cuts, demand->down, add_gains(cuts, demand->down));
	}
	if (up + down < demand->width - zero)
		return add_cut(cuts, demand->width, constant + add_gains(cuts, demand->width));
	keep_proof(cuts);
	return false;
}

/* Of insiders, only how wide it is. */
static struct demand demand_now(const struct cuts *cuts, size_t number)
{
	struct demand demand = cuts->demands[number];
	if (cuts->attacking)
		demand = (struct demand){ .place = demand.place,
			                  .width = (double)insiders_width(cuts->problem, cuts->cells[demand.place]) };
	return demand;
}

/* Those of the demands of who attacks now, as many as one round learns of. */
static size_t cut_all(struct cuts *cuts, bool *failed)
{
	size_t found = 0, part = cuts->demand_count / CUT_PART, most = part > LEAST_CUTS ? part : LEAST_CUTS;
	forget_moves(cuts);
	for (size_t i = 0; i < cuts->demand_count && !*failed && found < most; i++) {
		const struct demand demand = demand_now(cuts, i);
		size_t place = demand.place;
		if (attack_knows(cuts->attack, place))
			continue;
		learn_moves(cuts);
		if (cuts->up[place] >= demand.up - zero && cuts->down[place] >= demand.down - zero
		    && cuts->up[place] + cuts->down[place] >= demand.width - zero)
			continue;
		if (cuts->in_parts)
			attack_cap(cuts->attack, fmax(fmax(demand.up, demand.down), demand.width));
		found += cut_demand(cuts, &demand, failed);
		attack_cap(cuts->attack, INFINITY);
	}
	return found;
}

static bool is_here(const struct cuts *cuts, const struct coalition *insiders)
{
	for (size_t i = 0; i < insiders->count; i++)
		if (attack_place(cuts->attack, insiders->cells[i]))
			return true;
	return false;
}

/* Where the public leaves none, those of insiders among these cells. */
size_t cuts_find(struct cuts *cuts, bool in_parts, bool *failed)
{
	*failed = false;
	cuts->in_parts = in_parts;
	size_t found = cut_all(cuts, failed);
	for (size_t i = 0; i < cuts->insiders->count && found == 0 && !*failed; i++) {
		if (!is_here(cuts, &cuts->insiders->coalitions[i]))
			continue;
		cuts->attacking = &cuts->insiders->coalitions[i];
		attack_as(cuts->attack, cuts->attacking);
		found += cut_all(cuts, failed);
		cuts->attacking = NULL;
		attack_as(cuts->attack, NULL);
	}
	return found;
}
