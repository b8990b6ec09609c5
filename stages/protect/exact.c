#include "exact.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cbc.h"
#include "insiders.h"
#include "mem.h"
#include "room.h"

enum {
	NODE_LIMIT = 500,  /* of all master programmes together */
	ROUND_LIMIT = 400, /* masters */
	CUT_LIMIT = 30,    /* demands that one of them learns of: others often go with these */
	PROOF_LIMIT = 4000,
	PAIR_LIMIT = 100000, /* insiders times unsafe cells */
};
static const double zero = 1e-7; /* of moves and of duals */

/* How far cells can move together, with what is hidden: what shows that some are protected. */
struct proof {
	size_t *cells; /* that it moves, by place in the block */
	double *by;
	size_t count;
};

/* A demand on one cell: that it can go up and down so far, and that both together are so wide. */
struct demand {
	size_t place;
	double up, down, width;
};

struct exact {
	const struct secondary_problem *problem;
	const size_t *cells; /* of the block */
	size_t count;
	size_t *place; /* of a cell of the problem in the block, from 1; 0: it can never move */
	glp_prob *attacker, *master;
	int *column;  /* of the master, by place; 0: always hidden, or always shown */
	bool *hidden; /* by place, now */
	struct insiders *insiders;
	const struct coalition *attacking; /* insiders; NULL: the public */
	bool *known;                       /* by place: to them */
	struct demand *demands;
	size_t demand_count;
	struct proof *proofs;
	size_t proof_count, proof_capacity;
	int nodes; /* of all masters so far */
	bool solver_failed;
	double *coefficients; /* of a cut, by place */
	int *index;
	double *value;
};

static const struct secondary_cell *cell_at(const struct exact *exact, size_t place)
{
	return &exact->problem->cells[exact->cells[place]];
}

/* --- the attacker's programme: column k is the move of the cell at place k - 1 --- */

static double above_of(struct room room)
{
	return room.above == SECONDARY_NO_MOST ? INFINITY : (double)room.above;
}

/* How far what is chosen lets the cell move. */
static struct room room_now(const struct exact *exact, size_t place)
{
	if (exact->known[place])
		return (struct room){ 0 };
	return room_of(cell_at(exact, place), exact->hidden[place]);
}

static void bound(const struct exact *exact, size_t place, double most)
{
	struct room room = room_now(exact, place);
	double below = (double)room.below, above = fmin(above_of(room), most);
	int column = (int)place + 1;
	if (isinf(above))
		glp_set_col_bnds(exact->attacker, column, GLP_LO, -below, 0);
	else
		glp_set_col_bnds(exact->attacker, column, below + above > 0 ? GLP_DB : GLP_FX, -below, above);
}

static int add_entry(const struct exact *exact, int length, size_t cell, double factor)
{
	if (!exact->place[cell])
		return length;
	exact->index[++length] = (int)exact->place[cell];
	exact->value[length] = factor;
	return length;
}

static void state_row(const struct exact *exact, int type, double least, int length)
{
	int row = glp_add_rows(exact->attacker, 1);
	glp_set_row_bnds(exact->attacker, row, type, least, least);
	glp_set_mat_row(exact->attacker, row, length, exact->index, exact->value);
}

static void state_relation(const struct exact *exact, const struct secondary_relation *relation)
{
	const struct secondary_cell *cells = exact->problem->cells;
	int length = 0;
	for (size_t i = 0; i < relation->part_count; i++) {
		size_t part = relation->parts[i];
		if (!relation->contains) {
			length = add_entry(exact, length, part, 1);
			continue;
		}
		length = add_entry(exact, add_entry(exact, 0, relation->parent, 1), part, -1);
		if (length)
			state_row(exact, GLP_LO, (double)(cells[part].n - cells[relation->parent].n), length);
	}
	if (relation->contains)
		return;
	length = add_entry(exact, length, relation->parent, -1);
	if (length)
		state_row(exact, GLP_FX, 0, length);
}

static bool is_of_block(const struct exact *exact, const struct secondary_relation *relation)
{
	bool any = exact->place[relation->parent] > 0;
	for (size_t i = 0; i < relation->part_count; i++)
		any = any || exact->place[relation->parts[i]] > 0;
	return any;
}

static void state_attacker(struct exact *exact)
{
	exact->attacker = glp_create_prob();
	glp_set_obj_dir(exact->attacker, GLP_MAX);
	glp_add_cols(exact->attacker, (int)exact->count);
	for (size_t place = 0; place < exact->count; place++)
		bound(exact, place, INFINITY);
	for (size_t r = 0; r < exact->problem->relation_count; r++)
		if (is_of_block(exact, &exact->problem->relations[r]))
			state_relation(exact, &exact->problem->relations[r]);
}

/* The furthest that the cell moves in this direction, up at most `most`. Negative: the programme was not solved. */
static double furthest(const struct exact *exact, size_t place, double direction, double most)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	bound(exact, place, direction > 0 ? most : INFINITY);
	glp_set_obj_coef(exact->attacker, (int)place + 1, direction);
	bool solved = glp_simplex(exact->attacker, &control) == 0 && glp_get_status(exact->attacker) == GLP_OPT;
	if (!solved) { /* from a basis that does not suit: once more from the start */
		glp_std_basis(exact->attacker);
		solved = glp_simplex(exact->attacker, &control) == 0 && glp_get_status(exact->attacker) == GLP_OPT;
	}
	return solved ? fmax(0, glp_get_obj_val(exact->attacker)) : -1;
}

static void leave(const struct exact *exact, size_t place)
{
	glp_set_obj_coef(exact->attacker, (int)place + 1, 0);
	bound(exact, place, INFINITY);
}

static void keep_proof(struct exact *exact)
{
	struct proof proof = { .cells = mem_alloc(exact->count, sizeof *proof.cells),
		               .by = mem_alloc(exact->count, sizeof *proof.by) };
	if (exact->proof_count < PROOF_LIMIT)
		for (size_t place = 0; place < exact->count; place++) {
			double by = glp_get_col_prim(exact->attacker, (int)place + 1);
			if (fabs(by) <= zero)
				continue;
			proof.cells[proof.count] = place;
			proof.by[proof.count++] = by;
		}
	if (proof.count == 0) {
		free(proof.cells);
		free(proof.by);
		return;
	}
	exact->proofs = mem_grow(exact->proofs, exact->proof_count, &exact->proof_capacity, sizeof *exact->proofs);
	exact->proofs[exact->proof_count++] = proof;
}

/* --- what earlier solutions show --- */

static bool holds(const struct exact *exact, const struct proof *proof)
{
	for (size_t i = 0; i < proof->count; i++) {
		size_t place = proof->cells[i];
		struct room room = room_now(exact, place);
		if (-proof->by[i] > (double)room.below + zero || proof->by[i] > above_of(room) + zero)
			return false;
	}
	return true;
}

/* How far each cell is known to go, from the proofs that what is chosen now lets be. */
static void known_moves(const struct exact *exact, double *up, double *down)
{
	for (size_t i = 0; i < exact->proof_count; i++) {
		const struct proof *proof = &exact->proofs[i];
		if (!holds(exact, proof))
			continue;
		for (size_t j = 0; j < proof->count; j++) {
			size_t place = proof->cells[j];
			up[place] = fmax(up[place], proof->by[j]);
			down[place] = fmax(down[place], -proof->by[j]);
		}
	}
}

/* --- cuts --- */

/* Add what the dual of the solved programme says: by how much hiding each cell would let the objective rise, at most
 * `most`; returns what it may reach with none of the cells that could be shown. */
static double add_dual(const struct exact *exact, double most)
{
	glp_prob *lp = exact->attacker;
	double constant = 0;
	for (int row = 1; row <= glp_get_num_rows(lp); row++)
		constant += glp_get_row_dual(lp, row) * glp_get_row_lb(lp, row);
	for (size_t place = 0; place < exact->count; place++) {
		const struct secondary_cell *cell = cell_at(exact, place);
		double dual = glp_get_col_dual(lp, (int)place + 1);
		if (fabs(dual) <= zero || exact->known[place])
			continue;
		struct room shown = room_of(cell, false), hidden = room_of(cell, true);
		if (!exact->column[place])
			shown = exact->hidden[place] ? hidden : shown;
		double now = dual < 0 ? (double)shown.below : above_of(shown);
		double then = dual < 0 ? (double)hidden.below : above_of(hidden);
		constant += isinf(now) ? 0 : fabs(dual) * now;
		if (exact->column[place])
			exact->coefficients[place] += isinf(then) ? most : fabs(dual) * (then - now);
	}
	return constant;
}

/* What is chosen must let `needed` be reached, of which `constant` is without any. */
static void add_cut(struct exact *exact, double needed, double constant)
{
	double right = needed - constant;
	int length = 0;
	for (size_t place = 0; place < exact->count; place++) {
		double gain = fmin(exact->coefficients[place], right);
		exact->coefficients[place] = 0;
		if (!exact->column[place] || gain <= zero)
			continue;
		exact->index[++length] = exact->column[place];
		exact->value[length] = gain / right;
	}
	int row = glp_add_rows(exact->master, 1);
	glp_set_row_bnds(exact->master, row, GLP_LO, 1, 0);
	glp_set_mat_row(exact->master, row, length, exact->index, exact->value);
}

static void forget_coefficients(struct exact *exact)
{
	memset(exact->coefficients, 0, exact->count * sizeof *exact->coefficients);
}

/* Whether the cell goes up as far as is demanded; where not, a cut says what it lacks. *up is how far; the coefficients
 * are what the dual says of the width, where up alone is not wide enough, and *constant what that needs none for. */
static bool meets_up(struct exact *exact, const struct demand *demand, double *up, double *constant)
{
	forget_coefficients(exact);
	*constant = 0;
	*up = furthest(exact, demand->place, 1, fmax(demand->up, demand->width));
	bool high = *up >= demand->up - zero;
	if (high)
		keep_proof(exact);
	else if (*up >= 0)
		add_cut(exact, demand->up, add_dual(exact, demand->up));
	if (high && *up < demand->width - zero)
		*constant = add_dual(exact, demand->width);
	leave(exact, demand->place);
	return high;
}

/* Whether the demand is met; where not, a cut says what it lacks. *failed: the programme could not be solved. */
static bool meets(struct exact *exact, const struct demand *demand, bool *failed)
{
	double up = 0, constant = 0;
	bool met = meets_up(exact, demand, &up, &constant);
	*failed = up < 0;
	if (*failed || !met || (up >= demand->width - zero && demand->down <= 0))
		return met && !*failed;
	double down = furthest(exact, demand->place, -1, INFINITY);
	*failed = down < 0;
	met = !*failed && down >= demand->down - zero && up + down >= demand->width - zero;
	if (met) {
		keep_proof(exact);
	} else if (!*failed && down < demand->down - zero) {
		forget_coefficients(exact);
		add_cut(exact, demand->down, add_dual(exact, demand->down));
	} else if (!*failed) {
		add_cut(exact, demand->width, constant + add_dual(exact, demand->width));
	}
	leave(exact, demand->place);
	return met;
}

/* --- the master --- */

static void state_master(struct exact *exact)
{
	exact->master = glp_create_prob();
	glp_set_obj_dir(exact->master, GLP_MIN);
	for (size_t place = 0; place < exact->count; place++) {
		const struct secondary_cell *cell = cell_at(exact, place);
		if (cell->hidden || cell->fixed)
			continue;
		int column = exact->column[place] = glp_add_cols(exact->master, 1);
		glp_set_col_kind(exact->master, column, GLP_BV);
		glp_set_obj_coef(exact->master, column, cell->cost);
	}
}

static void count_node(glp_tree *tree, void *nodes)
{
	if (glp_ios_reason(tree) == GLP_ISELECT && ++*(int *)nodes > NODE_LIMIT)
		glp_ios_terminate(tree);
}

static bool solve_with_glpk(struct exact *exact, double *value)
{
	glp_iocp control;
	glp_init_iocp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.presolve = GLP_ON;
	control.mir_cuts = control.cov_cuts = GLP_ON;
	control.cb_func = count_node;
	control.cb_info = &exact->nodes;
	if (glp_intopt(exact->master, &control) != 0 || glp_mip_status(exact->master) != GLP_OPT)
		return false;
	for (int column = 1; column <= glp_get_num_cols(exact->master); column++)
		value[column] = glp_mip_col_val(exact->master, column);
	return true;
}

static bool solve_master(struct exact *exact, double *value)
{
	const struct secondary_problem *problem = exact->problem;
	bool found = false;
	if (!problem->cbc_beside)
		return solve_with_glpk(exact, value);
	exact->solver_failed = !cbc_solve(value, &found, exact->master, problem->cbc_beside, problem->cbc_error);
	return found && !exact->solver_failed;
}

/* Choose anew: *hidden is set by it. False where there is no such choice, or it was too hard to find. */
static bool choose(struct exact *exact, double *cost)
{
	*cost = 0;
	if (glp_get_num_cols(exact->master) == 0)
		return glp_get_num_rows(exact->master) == 0;
	double *value = mem_alloc((size_t)glp_get_num_cols(exact->master) + 1, sizeof *value);
	bool ok = solve_master(exact, value);
	for (size_t place = 0; ok && place < exact->count; place++) {
		int column = exact->column[place];
		bool chosen = column && value[column] > 0.5;
		*cost += chosen ? glp_get_obj_coef(exact->master, column) : 0;
		if (!column || exact->hidden[place] == chosen)
			continue;
		exact->hidden[place] = chosen;
		bound(exact, place, INFINITY);
	}
	free(value);
	return ok;
}

static bool is_in_block(const struct exact *exact, const struct coalition *insiders)
{
	for (size_t i = 0; i < insiders->count; i++)
		if (exact->place[insiders->cells[i]])
			return true;
	return false;
}

/* From now on these attack; NULL: the public. */
static void attack_as(struct exact *exact, const struct coalition *attacking)
{
	for (int on = 0; on < 2; on++) {
		const struct coalition *who = on ? attacking : exact->attacking;
		for (size_t i = 0; who && i < who->count; i++) {
			size_t place = exact->place[who->cells[i]];
			if (!place)
				continue;
			exact->known[place - 1] = on;
			bound(exact, place - 1, INFINITY);
		}
	}
	exact->attacking = attacking;
}

/* Of insiders, only how wide it is. */
static struct demand demand_now(const struct exact *exact, size_t number)
{
	struct demand demand = exact->demands[number];
	if (exact->attacking)
		demand = (struct demand){ .place = demand.place,
			                  .width = (double)insiders_width(exact->problem, exact->cells[demand.place]) };
	return demand;
}

/* How many demands the choice leaves open to those who attack now, at most so many; a cut for each. */
static size_t cut_all(struct exact *exact, bool *failed)
{
	double *up = mem_alloc(exact->count, sizeof *up), *down = mem_alloc(exact->count, sizeof *down);
	size_t open = 0, proofs = (size_t)-1;
	for (size_t i = 0; i < exact->demand_count && !*failed && open < CUT_LIMIT; i++) {
		const struct demand demand = demand_now(exact, i);
		size_t place = demand.place;
		if (exact->known[place])
			continue;
		if (proofs != exact->proof_count)
			known_moves(exact, up, down);
		proofs = exact->proof_count;
		if (up[place] >= demand.up - zero && down[place] >= demand.down - zero
		    && up[place] + down[place] >= demand.width - zero)
			continue;
		open += !meets(exact, &demand, failed);
	}
	free(up);
	free(down);
	return open;
}

/* The public's first; those of insiders of the block when there are none. */
static size_t cut_for_all(struct exact *exact, bool *failed)
{
	*failed = false;
	size_t open = cut_all(exact, failed);
	for (size_t i = 0; i < exact->insiders->count && open == 0 && !*failed; i++) {
		if (!is_in_block(exact, &exact->insiders->coalitions[i]))
			continue;
		attack_as(exact, &exact->insiders->coalitions[i]);
		open += cut_all(exact, failed);
		attack_as(exact, NULL);
	}
	return open;
}

static struct exact *exact_new(const struct secondary_problem *problem, const size_t *cells, size_t count)
{
	struct exact *exact = mem_alloc(1, sizeof *exact);
	exact->problem = problem;
	exact->cells = cells;
	exact->count = count;
	exact->place = mem_alloc(problem->cell_count, sizeof *exact->place);
	exact->column = mem_alloc(count, sizeof *exact->column);
	exact->hidden = mem_alloc(count, sizeof *exact->hidden);
	exact->known = mem_alloc(count, sizeof *exact->known);
	exact->insiders = insiders_new(problem);
	exact->demands = mem_alloc(count, sizeof *exact->demands);
	exact->coefficients = mem_alloc(count, sizeof *exact->coefficients);
	exact->index = mem_alloc(problem->cell_count + 2, sizeof *exact->index);
	exact->value = mem_alloc(problem->cell_count + 2, sizeof *exact->value);
	for (size_t place = 0; place < count; place++) {
		const struct secondary_cell *cell = &problem->cells[cells[place]];
		exact->place[cells[place]] = place + 1;
		exact->hidden[place] = cell->hidden;
		if (cell->unsafe)
			exact->demands[exact->demand_count++] =
				(struct demand){ .place = place,
				                 .up = fmax((double)(cell->reach - cell->n), (double)cell->above),
				                 .down = (double)cell->below,
				                 .width = (double)cell->width };
	}
	state_master(exact);
	state_attacker(exact);
	return exact;
}

static void exact_free(struct exact *exact)
{
	for (size_t i = 0; i < exact->proof_count; i++) {
		free(exact->proofs[i].cells);
		free(exact->proofs[i].by);
	}
	glp_delete_prob(exact->attacker);
	glp_delete_prob(exact->master);
	insiders_free(exact->insiders);
	free(exact->known);
	free(exact->proofs);
	free(exact->place);
	free(exact->column);
	free(exact->hidden);
	free(exact->demands);
	free(exact->coefficients);
	free(exact->index);
	free(exact->value);
	free(exact);
}

enum exact_outcome exact_choose(bool *chosen, const struct secondary_problem *problem, const size_t *cells,
                                size_t count, double *cost)
{
	struct exact *exact = exact_new(problem, cells, count);
	enum exact_outcome outcome = EXACT_GAVE_UP;
	double bound_below = 0;
	bool few = exact->insiders->count * exact->demand_count <= PAIR_LIMIT;
	for (int round = 0; round < ROUND_LIMIT && few; round++) {
		bool failed = false;
		size_t open = cut_for_all(exact, &failed);
		if (failed)
			break;
		if (open == 0) {
			outcome = EXACT_FOUND;
			break;
		}
		if (!choose(exact, &bound_below)) {
			outcome = exact->solver_failed ? EXACT_FAILED : EXACT_GAVE_UP;
			break;
		}
		if (bound_below >= *cost - 1e-9 * (1 + *cost)) {
			outcome = EXACT_NO_LESS;
			break;
		}
	}
	if (outcome == EXACT_FOUND)
		*cost = bound_below;
	for (size_t place = 0; place < count && outcome == EXACT_FOUND; place++)
		chosen[cells[place]] = exact->column[place] && exact->hidden[place];
	exact_free(exact);
	return outcome;
}
