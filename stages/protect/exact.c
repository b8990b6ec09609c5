#include "exact.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

#include "attack.h"
#include "cbc.h"
#include "cuts.h"
#include "mem.h"

enum {
	NODE_LIMIT = 2000, /* of all master programmes together */
	ROUND_LIMIT = 400, /* masters, and as many in parts */
};
static const double work_limit = 2e9; /* of the attacker's programmes: about a minute */

struct exact {
	const struct secondary_problem *problem;
	const size_t *cells; /* of the block */
	size_t count;
	struct attack *attack;
	struct cuts *cuts;
	glp_prob *master;
	int *column;  /* of the master, by place; 0: always hidden, or always shown */
	bool *chosen; /* by place, now */
	int nodes;    /* of all masters so far */
	bool solver_failed;
};

/* --- the master --- */

static void state_master(struct exact *exact)
{
	exact->master = glp_create_prob();
	glp_set_obj_dir(exact->master, GLP_MIN);
	for (size_t place = 0; place < exact->count; place++) {
		if (!attack_may_hide(exact->attack, place))
			continue;
		int column = exact->column[place] = glp_add_cols(exact->master, 1);
		glp_set_col_kind(exact->master, column, GLP_BV);
		glp_set_obj_coef(exact->master, column, exact->problem->cells[exact->cells[place]].cost);
	}
}

/* The choice in parts: the attacker is left what it is. False where it could not be found. */
static bool choose_parts(struct exact *exact, double *cost)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.meth = GLP_DUALP;
	if (glp_simplex(exact->master, &control) != 0 || glp_get_status(exact->master) != GLP_OPT)
		return false;
	*cost = glp_get_obj_val(exact->master);
	for (size_t place = 0; place < exact->count; place++) {
		static const double whole = 1e-6;
		double part = exact->column[place] ? glp_get_col_prim(exact->master, exact->column[place]) : 0;
		attack_hide(exact->attack, place, part < whole ? 0 : part > 1 - whole ? 1 : part);
		exact->chosen[place] = part >= whole;
	}
	return true;
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

/* The whole choice. False where there is none, or it was too hard to find. */
static bool choose(struct exact *exact, double *cost)
{
	*cost = 0;
	if (glp_get_num_cols(exact->master) == 0)
		return glp_get_num_rows(exact->master) == 0;
	double *value = mem_alloc((size_t)glp_get_num_cols(exact->master) + 1, sizeof *value);
	bool ok = solve_master(exact, value);
	for (size_t place = 0; ok && place < exact->count; place++) {
		int column = exact->column[place];
		exact->chosen[place] = column && value[column] > 0.5;
		*cost += exact->chosen[place] ? glp_get_obj_coef(exact->master, column) : 0;
		attack_hide(exact->attack, place, exact->chosen[place]);
	}
	free(value);
	return ok;
}

/* --- the loop --- */

static struct exact *exact_new(const struct secondary_problem *problem, const struct ties *ties,
                               const struct insiders *insiders, const size_t *cells, size_t count)
{
	struct exact *exact = mem_alloc(1, sizeof *exact);
	glp_term_out(GLP_OFF);
	exact->problem = problem;
	exact->cells = cells;
	exact->count = count;
	exact->column = mem_alloc(count, sizeof *exact->column);
	exact->chosen = mem_alloc(count, sizeof *exact->chosen);
	exact->attack = attack_new(problem, ties, cells, count);
	state_master(exact);
	exact->cuts = cuts_new(exact->attack, problem, insiders, cells, count, exact->master, exact->column);
	return exact;
}

static void exact_free(struct exact *exact)
{
	cuts_free(exact->cuts);
	attack_free(exact->attack);
	glp_delete_prob(exact->master);
	free(exact->column);
	free(exact->chosen);
	free(exact);
}

static bool is_too_much(const struct exact *exact)
{
	return attack_work(exact->attack) > work_limit;
}

/* Cut as long as the choice in parts breaks any: most of what the whole choice would learn of, at a fraction of the
 * work. What it chooses any part of is enough, and more. */
static bool relax(struct exact *exact)
{
	bool failed = false;
	double cost = 0;
	for (int round = 0; round < ROUND_LIMIT && !failed && !is_too_much(exact); round++) {
		if (!choose_parts(exact, &cost))
			return false;
		if (cuts_find(exact->cuts, true, &failed) == 0)
			return !failed;
	}
	return false;
}

static enum exact_outcome search(struct exact *exact, double *cost)
{
	bool failed = false;
	for (int round = 0; round < ROUND_LIMIT && !failed && !is_too_much(exact); round++) {
		if (!choose(exact, cost))
			return exact->solver_failed ? EXACT_FAILED : EXACT_GAVE_UP;
		if (cuts_find(exact->cuts, false, &failed) == 0 && !failed)
			return EXACT_FOUND;
	}
	return EXACT_GAVE_UP;
}

static void mark(bool *chosen, const struct exact *exact)
{
	for (size_t place = 0; place < exact->count; place++)
		chosen[exact->cells[place]] = exact->chosen[place];
}

enum exact_outcome exact_choose(bool *chosen, double *cost, const struct secondary_problem *problem,
                                const struct ties *ties, const struct insiders *insiders, const size_t *cells,
                                size_t count)
{
	struct exact *exact = exact_new(problem, ties, insiders, cells, count);
	enum exact_outcome outcome = EXACT_GAVE_UP;
	*cost = 0;
	if (!cuts_are_too_many(exact->cuts)) {
		bool relaxed = relax(exact);
		mark(chosen, exact);
		outcome = relaxed ? search(exact, cost) : EXACT_GAVE_UP;
	}
	if (outcome == EXACT_FOUND)
		mark(chosen, exact);
	exact_free(exact);
	return outcome;
}
