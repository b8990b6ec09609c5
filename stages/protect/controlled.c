#include "controlled.h"

#include <assert.h>
#include <glpk.h>
#include <math.h>
#include <stdlib.h>

#include "blocks.h"
#include "mem.h"

enum {
	NODES_AFTER = 200, /* of one branch and bound, once some way is found */
	NODES_MOST = 2000, /* and until one is */
};

/* --- cells that hang together --- */

/* 0 stays 0: it ties nothing. */
static bool moves(const struct controlled_problem *problem, size_t cell)
{
	return problem->cells[cell].n > 0;
}

/* Of each cell the first of its block; free with free(). */
static size_t *find_blocks(const struct controlled_problem *problem)
{
	size_t *blocks = blocks_new(problem->cell_count);
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		for (size_t i = 0; moves(problem, relation->parent) && i < relation->part_count; i++)
			if (moves(problem, relation->parts[i]))
				blocks_join(blocks, relation->parent, relation->parts[i]);
	}
	for (size_t i = 0; i < problem->cell_count; i++)
		blocks[i] = blocks_first(blocks, i);
	return blocks;
}

/* --- one block as an integer programme --- */

/* A count a = base * floor + left is printed as base * z. Where it is shown, z = floor + near + up - down: near says
 * whether it goes up to the next multiple, at the cost of base - 2 * left; each multiple further costs the base. These
 * costs grow with the distance, so the cheapest way is the one that is meant. */
struct columns {
	int near, up, down; /* 0: none; where it is not shown, `near` is z itself */
};

struct programme {
	const struct controlled_problem *problem;
	int base, steps;
	glp_prob *prob;
	const size_t *cells; /* of the block */
	size_t cell_count;
	struct columns *columns; /* by cell of the problem */
	int *index;
	double *value;
	long nodes;
};

static int add_column(struct programme *programme, double least, double most, double cost, bool whole)
{
	int column = glp_add_cols(programme->prob, 1);
	glp_set_col_bnds(programme->prob, column, isinf(most) ? GLP_LO : GLP_DB, least, most);
	glp_set_obj_coef(programme->prob, column, cost);
	if (whole)
		glp_set_col_kind(programme->prob, column, GLP_IV);
	return column;
}

static void add_columns(struct programme *programme)
{
	for (size_t i = 0; i < programme->cell_count; i++) {
		size_t id = programme->cells[i];
		const struct controlled_cell *cell = &programme->problem->cells[id];
		struct columns *columns = &programme->columns[id];
		long long floor = cell->n / programme->base, left = cell->n % programme->base;
		int further = programme->steps - 1;
		*columns = (struct columns){ 0 };
		if (!cell->shown) {
			columns->near = add_column(programme, 0, INFINITY, 0, false);
			continue;
		}
		if (left)
			columns->near = add_column(programme, 0, 1, (double)(programme->base - 2 * left), true);
		if (further) {
			columns->up = add_column(programme, 0, further, programme->base, true);
			if (floor)
				columns->down = add_column(programme, 0, (double)(floor < further ? floor : further),
				                           programme->base, true);
		}
	}
}

/* Add factor * z of a cell to the row under way; returns what is constant in it. */
static double add_term(struct programme *programme, int *count, size_t id, int factor)
{
	const struct controlled_cell *cell = &programme->problem->cells[id];
	const struct columns *columns = &programme->columns[id];
	if (!moves(programme->problem, id))
		return 0;
	const int members[] = { columns->near, columns->up, columns->down }, signs[] = { 1, 1, -1 };
	for (size_t i = 0; i < COUNT(members); i++)
		if (members[i]) {
			programme->index[++*count] = members[i];
			programme->value[*count] = factor * signs[i];
		}
	return cell->shown ? (double)(factor * (cell->n / programme->base)) : 0;
}

/* The sum of the terms is 0, or at least 0. */
static void add_row(struct programme *programme, int count, double constant, bool at_least)
{
	if (count == 0)
		return;
	int row = glp_add_rows(programme->prob, 1);
	glp_set_row_bnds(programme->prob, row, at_least ? GLP_LO : GLP_FX, -constant, -constant);
	glp_set_mat_row(programme->prob, row, count, programme->index, programme->value);
}

static void add_relation(struct programme *programme, const struct secondary_relation *relation)
{
	int count = 0;
	double constant = 0;
	if (!relation->contains) {
		constant = add_term(programme, &count, relation->parent, 1);
		for (size_t i = 0; i < relation->part_count; i++)
			constant += add_term(programme, &count, relation->parts[i], -1);
		add_row(programme, count, constant, false);
		return;
	}
	for (size_t i = 0; i < relation->part_count; i++) {
		if (!moves(programme->problem, relation->parts[i]))
			continue;
		count = 0;
		constant = add_term(programme, &count, relation->parent, 1)
		           + add_term(programme, &count, relation->parts[i], -1);
		add_row(programme, count, constant, true);
	}
}

/* Stop at the limits of effort, which are counted in nodes: a clock would give another answer on another machine. */
static void watch(glp_tree *tree, void *info)
{
	struct programme *programme = info;
	if (glp_ios_reason(tree) != GLP_ISELECT)
		return;
	programme->nodes++;
	bool found = glp_mip_status(glp_ios_get_prob(tree)) == GLP_FEAS;
	if (programme->nodes > NODES_MOST || (found && programme->nodes > NODES_AFTER))
		glp_ios_terminate(tree);
}

static bool solve(struct programme *programme)
{
	if (glp_get_num_cols(programme->prob) == 0 || glp_get_num_rows(programme->prob) == 0)
		glp_add_rows(programme->prob, 1);
	glp_iocp control;
	glp_init_iocp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.presolve = GLP_ON;
	control.bt_tech = GLP_BT_DFS; /* some way soon: what is left is near the nearest */
	control.cb_func = watch;
	control.cb_info = programme;
	int outcome = glp_intopt(programme->prob, &control);
	int status = glp_mip_status(programme->prob);
	return (outcome == 0 || outcome == GLP_ESTOP) && (status == GLP_OPT || status == GLP_FEAS);
}

static long long column_value(const struct programme *programme, int column)
{
	return column ? llround(glp_mip_col_val(programme->prob, column)) : 0;
}

static void take_values(const struct programme *programme)
{
	for (size_t i = 0; i < programme->cell_count; i++) {
		struct controlled_cell *cell = &programme->problem->cells[programme->cells[i]];
		const struct columns *columns = &programme->columns[programme->cells[i]];
		if (!cell->shown)
			continue;
		long long z = cell->n / programme->base + column_value(programme, columns->near)
		              + column_value(programme, columns->up) - column_value(programme, columns->down);
		cell->rounded = z * programme->base;
		cell->steps = programme->steps;
	}
}

static bool round_block(struct programme *programme, const size_t *relations, size_t relation_count, int steps)
{
	programme->steps = steps;
	programme->nodes = 0;
	programme->prob = glp_create_prob();
	add_columns(programme);
	for (size_t r = 0; r < relation_count; r++)
		add_relation(programme, &programme->problem->relations[relations[r]]);
	bool ok = solve(programme);
	if (ok)
		take_values(programme);
	glp_delete_prob(programme->prob);
	return ok;
}

/* --- all blocks --- */

/* Whether the sums of which all is shown hold, in whole numbers: the solver's word is not taken for it. */
static bool adds_up(const struct controlled_problem *problem, const struct secondary_relation *relation)
{
	const struct controlled_cell *cells = problem->cells;
	long long sum = cells[relation->parent].rounded;
	bool all = cells[relation->parent].shown || !moves(problem, relation->parent);
	for (size_t i = 0; i < relation->part_count; i++) {
		all = all && (cells[relation->parts[i]].shown || !moves(problem, relation->parts[i]));
		sum -= cells[relation->parts[i]].rounded;
	}
	return relation->contains || !all || sum == 0;
}

struct placed {
	size_t root, id;
};

static int by_root(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;
	if (one->root != other->root)
		return one->root < other->root ? -1 : 1;
	return (one->id > other->id) - (one->id < other->id);
}

/* In the order of their blocks: the cells that move, or the relations that tie some. Free both with free(). */
static size_t *put_in_order(size_t **order_roots, size_t *count, const struct controlled_problem *problem,
                            const size_t *roots, bool relations)
{
	size_t all = relations ? problem->relation_count : problem->cell_count;
	struct placed *placed = mem_alloc(all, sizeof *placed);
	*count = 0;
	for (size_t i = 0; i < all; i++) {
		size_t cell = relations ? problem->relations[i].parent : i;
		if (moves(problem, cell))
			placed[(*count)++] = (struct placed){ roots[cell], i };
	}
	if (*count)
		mem_sort(placed, *count, sizeof *placed, by_root);
	size_t *order = mem_alloc(*count, sizeof *order);
	*order_roots = mem_alloc(*count, sizeof **order_roots);
	for (size_t i = 0; i < *count; i++) {
		order[i] = placed[i].id;
		(*order_roots)[i] = placed[i].root;
	}
	free(placed);
	return order;
}

/* What stands from `first` on under the same root. */
static size_t run_length(const size_t *roots, size_t count, size_t first, size_t root)
{
	size_t end = first;
	while (end < count && roots[end] == root)
		end++;
	return end - first;
}

bool controlled_round(struct controlled_problem *problem, int base, size_t *impossible)
{
	size_t *roots = find_blocks(problem), *cell_roots = NULL, *relation_roots = NULL, cells = 0, relations = 0;
	size_t *by_cell = put_in_order(&cell_roots, &cells, problem, roots, false);
	size_t *by_relation = put_in_order(&relation_roots, &relations, problem, roots, true);
	struct programme programme = { .problem = problem, .base = base };
	programme.columns = mem_alloc(problem->cell_count, sizeof *programme.columns);
	programme.index = mem_alloc(3 * problem->cell_count + 1, sizeof *programme.index);
	programme.value = mem_alloc(3 * problem->cell_count + 1, sizeof *programme.value);
	glp_term_out(GLP_OFF);
	for (size_t i = 0; i < problem->cell_count; i++) {
		problem->cells[i].rounded = 0;
		problem->cells[i].steps = 1;
	}
	bool ok = true;
	size_t relation = 0;
	for (size_t cell = 0; ok && cell < cells;) {
		size_t root = cell_roots[cell], tied = run_length(relation_roots, relations, relation, root);
		programme.cells = by_cell + cell;
		programme.cell_count = run_length(cell_roots, cells, cell, root);
		ok = false;
		for (int steps = 1; !ok && steps <= CONTROLLED_STEPS; steps++)
			ok = round_block(&programme, by_relation + relation, tied, steps);
		if (!ok)
			*impossible = root;
		cell += programme.cell_count;
		relation += tied;
	}
	for (size_t r = 0; ok && r < problem->relation_count; r++) {
		ok = adds_up(problem, &problem->relations[r]);
		if (!ok)
			*impossible = problem->relations[r].parent;
	}
	free(roots);
	free(cell_roots);
	free(relation_roots);
	free(by_cell);
	free(by_relation);
	free(programme.columns);
	free(programme.index);
	free(programme.value);
	return ok;
}
