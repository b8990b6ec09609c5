#include "attack.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

#include "mem.h"
#include "room.h"

enum { ROUND_LIMIT = 200 }; /* of solving again with the bounds that were broken */
static const double zero = 1e-7; /* of moves and of duals */

/* How far a cell can move, where it may be hidden in part. */
struct reach {
	double below, above;
};

struct attack {
	const struct secondary_problem *problem;
	const size_t *cells;
	size_t count;
	size_t *place;
	const struct ties *ties;
	size_t *own, own_count; /* the ties of these cells */
	glp_prob *lp;           /* column: the move of an unknown; row: a tie */
	int *column;            /* by place; 0: a tie solves it */
	int *row;               /* by tie; 0: not stated, as nothing has broken it yet */
	const struct coalition *insiders;
	bool *known;   /* by place: to them */
	double *share; /* by place: hidden */
	double cap;
	double work;
	int *index; /* of one row */
	double *value;
};

static const struct secondary_cell *cell_at(const struct attack *attack, size_t place)
{
	return &attack->problem->cells[attack->cells[place]];
}

size_t attack_place(const struct attack *attack, size_t cell)
{
	return attack->place[cell];
}

bool attack_may_hide(const struct attack *attack, size_t place)
{
	return !cell_at(attack, place)->hidden && !cell_at(attack, place)->fixed;
}

bool attack_knows(const struct attack *attack, size_t place)
{
	return attack->known[place];
}

/* --- room --- */

static struct reach reach_of(struct room room)
{
	return (struct reach){ .below = (double)room.below,
		               .above = room.above == SECONDARY_NO_MOST ? INFINITY : (double)room.above };
}

/* What hiding a part of it adds: of room without an end, what the programme can still add up. */
static double part_of(double shown, double hidden, double share, double cap)
{
	static const double endless = 1e6;
	double more = fmin(hidden - shown, isinf(cap) ? endless : cap);
	return share >= 1 ? hidden : share > 0 ? shown + share * more : shown;
}

static struct reach reach_now(const struct attack *attack, size_t place)
{
	const struct secondary_cell *cell = cell_at(attack, place);
	double share = attack->share[place];
	if (attack->known[place])
		return (struct reach){ 0 };
	if (!attack_may_hide(attack, place))
		return reach_of(room_of(cell, cell->hidden));
	struct reach shown = reach_of(room_of(cell, false)), hidden = reach_of(room_of(cell, true));
	return (struct reach){ .below = part_of(shown.below, hidden.below, share, attack->cap),
		               .above = part_of(shown.above, hidden.above, share, attack->cap) };
}

bool attack_lets(const struct attack *attack, size_t place, double by)
{
	struct reach reach = reach_now(attack, place);
	return by >= -reach.below - zero && by <= reach.above + zero;
}

double attack_work(const struct attack *attack)
{
	return attack->work;
}

/* --- the programme --- */

static int type_of(struct reach reach)
{
	return isinf(reach.above) ? GLP_LO : reach.below + reach.above > 0 ? GLP_DB : GLP_FX;
}

/* How far a tie's sum of moves can go. */
static struct reach reach_of_tie(const struct attack *attack, const struct tie *tie)
{
	if (tie->equal)
		return (struct reach){ 0 };
	return tie->solves ? reach_now(attack, attack->place[tie->solves - 1] - 1) : reach_of(tie->room);
}

static void state_tie(const struct attack *attack, glp_prob *lp, size_t number)
{
	const struct tie *tie = &attack->ties->ties[number];
	struct reach reach = reach_of_tie(attack, tie);
	int length = 0, row = glp_add_rows(lp, 1);
	for (size_t i = 0; i < tie->count; i++) {
		const struct tie_term *term = &attack->ties->terms[tie->first + i];
		attack->index[++length] = attack->column[attack->place[term->cell] - 1];
		attack->value[length] = term->factor;
	}
	glp_set_mat_row(lp, row, length, attack->index, attack->value);
	glp_set_row_bnds(lp, row, type_of(reach), -reach.below, reach.above);
}

static void state(struct attack *attack, size_t number)
{
	state_tie(attack, attack->lp, number);
	attack->row[number] = glp_get_num_rows(attack->lp);
}

/* Its column, or the row that solves it, within what it can do now, and up no further than `most`. */
static void bound(const struct attack *attack, size_t place, double most)
{
	struct reach reach = reach_now(attack, place);
	reach.above = fmin(reach.above, most);
	size_t tie = attack->ties->solved[attack->cells[place]];
	if (attack->column[place])
		glp_set_col_bnds(attack->lp, attack->column[place], type_of(reach), -reach.below, reach.above);
	else if (attack->row[tie - 1])
		glp_set_row_bnds(attack->lp, attack->row[tie - 1], type_of(reach), -reach.below, reach.above);
}

void attack_hide(struct attack *attack, size_t place, double share)
{
	if (attack->share[place] == share)
		return;
	attack->share[place] = share;
	bound(attack, place, INFINITY);
}

void attack_cap(struct attack *attack, double cap)
{
	if (attack->cap == cap)
		return;
	attack->cap = cap;
	for (size_t place = 0; place < attack->count; place++)
		if (attack->share[place] > 0 && attack->share[place] < 1)
			bound(attack, place, INFINITY);
}

void attack_as(struct attack *attack, const struct coalition *insiders)
{
	for (int on = 0; on < 2; on++) {
		const struct coalition *who = on ? insiders : attack->insiders;
		for (size_t i = 0; who && i < who->count; i++) {
			size_t place = attack->place[who->cells[i]];
			if (!place)
				continue;
			attack->known[place - 1] = on;
			bound(attack, place - 1, INFINITY);
		}
	}
	attack->insiders = insiders;
}

static void state_programme(struct attack *attack)
{
	const struct ties *ties = attack->ties;
	attack->lp = glp_create_prob();
	glp_set_obj_dir(attack->lp, GLP_MAX);
	for (size_t place = 0; place < attack->count; place++)
		if (!ties->solved[attack->cells[place]])
			attack->column[place] = glp_add_cols(attack->lp, 1);
	for (size_t place = 0; place < attack->count; place++)
		bound(attack, place, INFINITY);
	for (size_t i = 0; i < ties->tie_count; i++) {
		const struct tie *tie = &ties->ties[i];
		if (tie->count == 0 || !attack->place[ties->terms[tie->first].cell])
			continue;
		attack->own[attack->own_count++] = i;
		if (tie->equal)
			state(attack, i);
	}
}

struct attack *attack_new(const struct secondary_problem *problem, const struct ties *ties, const size_t *cells,
                          size_t count)
{
	struct attack *attack = mem_alloc(1, sizeof *attack);
	attack->problem = problem;
	attack->cells = cells;
	attack->count = count;
	attack->cap = INFINITY;
	attack->place = mem_alloc(problem->cell_count, sizeof *attack->place);
	for (size_t place = 0; place < count; place++)
		attack->place[cells[place]] = place + 1;
	attack->ties = ties;
	attack->own = mem_alloc(attack->ties->tie_count, sizeof *attack->own);
	attack->row = mem_alloc(attack->ties->tie_count, sizeof *attack->row);
	attack->column = mem_alloc(count, sizeof *attack->column);
	attack->known = mem_alloc(count, sizeof *attack->known);
	attack->share = mem_alloc(count, sizeof *attack->share);
	attack->index = mem_alloc(count + 1, sizeof *attack->index);
	attack->value = mem_alloc(count + 1, sizeof *attack->value);
	state_programme(attack);
	return attack;
}

void attack_free(struct attack *attack)
{
	if (!attack)
		return;
	glp_delete_prob(attack->lp);
	free(attack->place);
	free(attack->own);
	free(attack->row);
	free(attack->column);
	free(attack->known);
	free(attack->share);
	free(attack->index);
	free(attack->value);
	free(attack);
}

/* --- solving it --- */

static double sum_of(const struct attack *attack, const struct tie *tie, glp_prob *lp,
                     double (*value)(glp_prob *lp, int column))
{
	double sum = 0;
	for (size_t i = 0; i < tie->count; i++) {
		const struct tie_term *term = &attack->ties->terms[tie->first + i];
		sum += term->factor * value(lp, attack->column[attack->place[term->cell] - 1]);
	}
	return sum;
}

double attack_move(const struct attack *attack, size_t place)
{
	const struct ties *ties = attack->ties;
	return attack->column[place] ? glp_get_col_prim(attack->lp, attack->column[place])
	                             : sum_of(attack, &ties->ties[ties->solved[attack->cells[place]] - 1], attack->lp,
	                                      glp_get_col_prim);
}

/* The objective is the cell's move, times so much. */
static void aim(const struct attack *attack, glp_prob *lp, size_t place, double factor)
{
	const struct ties *ties = attack->ties;
	if (attack->column[place]) {
		glp_set_obj_coef(lp, attack->column[place], factor);
		return;
	}
	const struct tie *tie = &ties->ties[ties->solved[attack->cells[place]] - 1];
	for (size_t i = 0; i < tie->count; i++) {
		const struct tie_term *term = &ties->terms[tie->first + i];
		glp_set_obj_coef(lp, attack->column[attack->place[term->cell] - 1], factor * term->factor);
	}
}

/* State the ties that the solution breaks; how many. */
static size_t state_broken(struct attack *attack)
{
	size_t count = 0;
	for (size_t i = 0; i < attack->own_count; i++) {
		const struct tie *tie = &attack->ties->ties[attack->own[i]];
		if (attack->row[attack->own[i]])
			continue;
		struct reach reach = reach_of_tie(attack, tie);
		double sum = sum_of(attack, tie, attack->lp, glp_get_col_prim);
		if (sum >= -reach.below - zero && sum <= reach.above + zero)
			continue;
		state(attack, attack->own[i]);
		count++;
	}
	return count;
}

static bool solve_by(struct attack *attack, int method)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.meth = method;
	int before = glp_get_it_cnt(attack->lp);
	bool solved = glp_simplex(attack->lp, &control) == 0 && glp_get_status(attack->lp) == GLP_OPT;
	attack->work += (double)(1 + glp_get_it_cnt(attack->lp) - before)
	                * (glp_get_num_rows(attack->lp) + glp_get_num_cols(attack->lp));
	return solved;
}

/* From a basis that does not suit: once more from the start. */
static bool solve_once(struct attack *attack, int method)
{
	if (solve_by(attack, method))
		return true;
	glp_std_basis(attack->lp);
	return solve_by(attack, GLP_PRIMAL);
}

static bool solve(struct attack *attack)
{
	bool ok = solve_once(attack, GLP_PRIMAL);
	for (int round = 0; ok && round < ROUND_LIMIT; round++) {
		if (state_broken(attack) == 0)
			return true;
		ok = solve_once(attack, GLP_DUALP);
	}
	return false;
}

double attack_furthest(struct attack *attack, size_t place, double direction, double most)
{
	size_t tie = attack->ties->solved[attack->cells[place]];
	if (tie && !attack->row[tie - 1]) /* what bounds the objective must be there */
		state(attack, tie - 1);
	bound(attack, place, direction > 0 ? most : INFINITY);
	aim(attack, attack->lp, place, direction);
	bool solved = solve(attack);
	aim(attack, attack->lp, place, 0);
	bound(attack, place, INFINITY);
	return solved ? fmax(0, direction * attack_move(attack, place)) : -1;
}

/* How much of an objective a bound or a tie holds back by its dual: nothing, where there is no end. */
static double held(double dual, struct reach reach)
{
	double end = dual < 0 ? reach.below : reach.above;
	return isinf(end) ? 0 : fabs(dual) * end;
}

double attack_gains(const struct attack *attack, double *gains, double most)
{
	double constant = 0;
	for (size_t i = 0; i < attack->own_count; i++) {
		const struct tie *tie = &attack->ties->ties[attack->own[i]];
		int row = attack->row[attack->own[i]];
		double dual = row ? glp_get_row_dual(attack->lp, row) : 0;
		constant += fabs(dual) > zero ? held(dual, reach_of_tie(attack, tie)) : 0;
	}
	for (size_t place = 0; place < attack->count; place++) {
		int column = attack->column[place];
		double dual = column ? glp_get_col_dual(attack->lp, column) : 0;
		if (fabs(dual) <= zero || attack->known[place])
			continue;
		const struct secondary_cell *cell = cell_at(attack, place);
		struct reach shown = reach_of(room_of(cell, cell->hidden)), hidden = reach_of(room_of(cell, true));
		constant += held(dual, shown);
		if (attack_may_hide(attack, place))
			gains[place] += isinf(dual < 0 ? hidden.below : hidden.above)
			                        ? most
			                        : held(dual, hidden) - held(dual, shown);
	}
	return constant;
}
