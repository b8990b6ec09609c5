#include "levels.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

#include "mem.h"

/* What everybody may know of a cell when all is hidden that may be: a zero that is shown and a unit that is no secret
 * stay. */
static void state_cell(glp_prob *lp, int column, const struct cell_decision *decision, long long n, bool exact)
{
	bool told = decision->rule == RULE_NOT_CONFIDENTIAL || decision->rule == RULE_EXCEPTION
	            || decision->rule == RULE_STRUCTURAL || (exact && n == 0 && !decision->hidden);
	long long least = told || n < decision->least ? n : decision->least;
	glp_set_col_bnds(lp, column, told ? GLP_FX : GLP_LO, (double)least, (double)least);
}

static void state_relation(glp_prob *lp, const struct universe *universe, const struct relation *relation, int *index,
                           double *value)
{
	const size_t *parts = universe->parts + relation->first_part;
	bool sum = relation->kind == RELATION_SUM;
	index[1] = (int)relation->parent;
	value[1] = 1;
	for (size_t p = 0; p < relation->part_count; p++) {
		size_t place = sum ? p + 2 : 2;
		index[place] = (int)parts[p];
		value[place] = -1;
		if (sum && p + 1 < relation->part_count)
			continue;
		int row = glp_add_rows(lp, 1);
		glp_set_row_bnds(lp, row, sum ? GLP_FX : GLP_LO, 0, 0);
		glp_set_mat_row(lp, row, (int)place, index, value);
	}
}

static glp_prob *state_programme(const struct cell_decision *decisions, const struct universe *universe, bool exact)
{
	int *index = mem_alloc(universe->part_count + 2, sizeof *index);
	double *value = mem_alloc(universe->part_count + 2, sizeof *value);
	glp_prob *lp = glp_create_prob();
	glp_term_out(GLP_OFF);
	glp_set_obj_dir(lp, GLP_MIN);
	glp_add_cols(lp, (int)universe->cell_count);
	for (size_t i = 0; i < universe->cell_count; i++)
		state_cell(lp, (int)i + 1, &decisions[i], universe->cells[i].n, exact);
	for (size_t r = 0; r < universe->relation_count; r++)
		state_relation(lp, universe, &universe->relations[r], index, value);
	free(index);
	free(value);
	return lp;
}

static bool solve(glp_prob *lp, int method)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.meth = method;
	return glp_simplex(lp, &control) == 0 && glp_get_status(lp) == GLP_OPT;
}

static void note_lower(double *lowest, glp_prob *lp, size_t count)
{
	for (size_t i = 0; i < count; i++)
		lowest[i] = fmin(lowest[i], glp_get_col_prim(lp, (int)i + 1));
}

static long long level_of(const struct universe *universe, const struct study_disclosure *policy, size_t cell)
{
	return (long long)ceil(policy->min_percent * (double)universe->cells[cell].n / 100 - 1e-9);
}

/* How few an unsafe cell may be, as far as everybody knows; of some tables that fit, what the lowest has. The first is
 * low for all at once, and mostly low enough; then cell by cell. Where the programme fails, nothing is taken to be
 * known. Free with free(). */
static double *find_lowest(const struct cell_decision *decisions, const struct universe *universe,
                           const struct study_disclosure *policy)
{
	size_t count = universe->cell_count;
	double *lowest = mem_alloc(count, sizeof *lowest);
	glp_prob *lp = state_programme(decisions, universe, !policy->rounding && !policy->cell_key);
	for (size_t i = 0; i < count; i++) {
		lowest[i] = INFINITY;
		glp_set_obj_coef(lp, (int)i + 1, decisions[i].unsafe);
	}
	bool ok = solve(lp, GLP_DUALP);
	if (ok)
		note_lower(lowest, lp, count);
	for (size_t i = 0; i < count; i++)
		glp_set_obj_coef(lp, (int)i + 1, 0);
	for (size_t i = 0; i < count; i++) {
		double enough = (double)(universe->cells[i].n - level_of(universe, policy, i));
		if (!decisions[i].unsafe || lowest[i] <= fmax(enough, 0) + 1e-6)
			continue;
		glp_set_obj_coef(lp, (int)i + 1, 1);
		if (ok && solve(lp, GLP_PRIMAL))
			note_lower(lowest, lp, count);
		else
			lowest[i] = 0;
		glp_set_obj_coef(lp, (int)i + 1, 0);
	}
	glp_delete_prob(lp);
	return lowest;
}

void levels_set(struct cell_decision *decisions, const struct universe *universe, const struct study_disclosure *policy)
{
	if (policy->min_percent <= 0 || universe->cell_count == 0)
		return;
	double *lowest = find_lowest(decisions, universe, policy);
	for (size_t i = 0; i < universe->cell_count; i++) {
		long long level = level_of(universe, policy, i);
		long long room = universe->cells[i].n - (long long)ceil(lowest[i] - 1e-6);
		if (!decisions[i].unsafe)
			continue;
		decisions[i].above = level;
		decisions[i].below = level < room ? level : room;
	}
	free(lowest);
}
