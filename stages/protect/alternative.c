#include "alternative.h"

#include <assert.h>
#include <glpk.h>
#include <math.h>
#include <stdlib.h>

#include "choices.h"
#include "mem.h"
#include "ties.h"

enum {
	NODE_LIMIT = 2000,         /* of one branch and bound */
	LARGE = 2000,              /* columns: from here on each node costs much */
	LARGE_NODE_LIMIT = 400000, /* nodes times columns of those */
	ROUND_LIMIT = 200,         /* of solving again with the bounds that were broken */
	CASE_LIMIT = 60,           /* of solving again with a case of a choice that was broken */
};

/* Moving a hidden cell costs next to nothing, but not nothing: short proofs are easier to keep when cells are shown
 * again. */
static const double HIDDEN_COST = 0.001;

struct alternative_finder {
	const struct secondary_problem *problem;
	struct ties *ties;
	struct choices choices;
	size_t *first, *touching; /* the relations that touch cell i: touching[first[i]] to touching[first[i + 1]] */

	enum alternative_reach reach; /* of the search under way */
	size_t *region, region_count; /* unknowns that may move */
	size_t *place;                /* of a cell in the region, from 1; 0: it stays */
	int *beyond;                  /* by place: first column of moves that only hiding it allows; 0: none apart */
	size_t *near, near_count;     /* ties that touch the region */
	bool *listed;                 /* of a tie: among those */
	bool *stated;                 /* of a tie: a row of the programme */
	const size_t *pinned;         /* cells that stay as they are */
	size_t pinned_count;
	bool *is_pinned;            /* by cell */
	bool *pressing;             /* of a tie: broken once, and so a row from the start ever after */
	long long *by;              /* the moves found, by cell */
	size_t *moved, moved_count; /* cells whose move is not 0 */
	bool *visited;              /* of a cell, while moves are sorted into alternatives */
	int *index;                 /* of one row of the programme */
	double *value;
};

static void index_relations(struct alternative_finder *finder)
{
	const struct secondary_problem *problem = finder->problem;
	size_t total = 0;
	finder->first = mem_alloc(problem->cell_count + 2, sizeof *finder->first);
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		finder->first[relation->parent + 2]++;
		for (size_t i = 0; i < relation->part_count; i++)
			finder->first[relation->parts[i] + 2]++;
		total += relation->part_count + 1;
	}
	for (size_t i = 2; i < problem->cell_count + 2; i++)
		finder->first[i] += finder->first[i - 1];
	finder->touching = mem_alloc(total, sizeof *finder->touching);
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		finder->touching[finder->first[relation->parent + 1]++] = r;
		for (size_t i = 0; i < relation->part_count; i++)
			finder->touching[finder->first[relation->parts[i] + 1]++] = r;
	}
}

struct alternative_finder *alternative_finder_new(const struct secondary_problem *problem)
{
	struct alternative_finder *finder = mem_alloc(1, sizeof *finder);
	finder->problem = problem;
	finder->ties = ties_new(problem);
	finder->choices = choices_index(problem);
	index_relations(finder);
	finder->region = mem_alloc(problem->cell_count, sizeof *finder->region);
	finder->place = mem_alloc(problem->cell_count, sizeof *finder->place);
	finder->beyond = mem_alloc(problem->cell_count + 1, sizeof *finder->beyond);
	finder->near = mem_alloc(finder->ties->tie_count, sizeof *finder->near);
	finder->listed = mem_alloc(finder->ties->tie_count, sizeof *finder->listed);
	finder->stated = mem_alloc(finder->ties->tie_count, sizeof *finder->stated);
	finder->pressing = mem_alloc(finder->ties->tie_count, sizeof *finder->pressing);
	finder->is_pinned = mem_alloc(problem->cell_count, sizeof *finder->is_pinned);
	finder->by = mem_alloc(problem->cell_count, sizeof *finder->by);
	finder->moved = mem_alloc(problem->cell_count, sizeof *finder->moved);
	finder->visited = mem_alloc(problem->cell_count, sizeof *finder->visited);
	finder->index = mem_alloc(4 * problem->cell_count + 2, sizeof *finder->index);
	finder->value = mem_alloc(4 * problem->cell_count + 2, sizeof *finder->value);
	glp_term_out(GLP_OFF);
	return finder;
}

void alternative_finder_free(struct alternative_finder *finder)
{
	if (!finder)
		return;
	ties_free(finder->ties);
	choices_free(&finder->choices);
	free(finder->first);
	free(finder->touching);
	free(finder->region);
	free(finder->place);
	free(finder->beyond);
	free(finder->near);
	free(finder->listed);
	free(finder->stated);
	free(finder->pressing);
	free(finder->is_pinned);
	free(finder->by);
	free(finder->moved);
	free(finder->visited);
	free(finder->index);
	free(finder->value);
	free(finder);
}

void alternative_pin(struct alternative_finder *finder, const size_t *cells, size_t count)
{
	for (size_t i = 0; i < finder->pinned_count; i++)
		finder->is_pinned[finder->pinned[i]] = false;
	for (size_t i = 0; i < count; i++)
		finder->is_pinned[cells[i]] = true;
	finder->pinned = cells;
	finder->pinned_count = count;
}

void alternative_free(struct alternative *alternative)
{
	free(alternative->moves);
	*alternative = (struct alternative){ 0 };
}

const struct alternative_move *alternative_move_of(const struct alternative *alternative, size_t cell)
{
	size_t low = 0, high = alternative->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (alternative->moves[middle].cell < cell)
			low = middle + 1;
		else
			high = middle;
	}
	return low < alternative->count && alternative->moves[low].cell == cell ? &alternative->moves[low] : NULL;
}

/* The terms of a cell's move: its own, or those of the tie that it was solved by. */
static const struct tie_term *terms_of(const struct alternative_finder *finder, size_t cell, struct tie_term *own,
                                       size_t *count)
{
	if (finder->ties->solved[cell]) {
		const struct tie *tie = &finder->ties->ties[finder->ties->solved[cell] - 1];
		*count = tie->count;
		return finder->ties->terms + tie->first;
	}
	*own = (struct tie_term){ .cell = cell, .factor = 1 };
	*count = 1;
	return own;
}

/* --- the region: unknowns that may move, around the cells aimed at --- */

/* Whether it is shown and the search may hide it. */
static bool may_hide(const struct alternative_finder *finder, const struct secondary_cell *cell)
{
	return finder->reach == ALTERNATIVE_ANY && !cell->hidden && !cell->fixed;
}

/* How far the search may move it. */
static struct room room_in(const struct alternative_finder *finder, size_t number)
{
	const struct secondary_cell *cell = &finder->problem->cells[number];
	if (finder->is_pinned[number])
		return (struct room){ 0 };
	return room_of(cell, cell->hidden || may_hide(finder, cell));
}

static struct room room_of_tie(const struct alternative_finder *finder, const struct tie *tie)
{
	return tie->solves && finder->is_pinned[tie->solves - 1] ? (struct room){ 0 } : tie->room;
}

static bool has_room(struct room room)
{
	return room.below > 0 || room.above > 0;
}

static void take_in(struct alternative_finder *finder, const struct tie_term *terms, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t cell = terms[i].cell;
		if (finder->place[cell] || !has_room(room_in(finder, cell)))
			continue;
		finder->region[finder->region_count++] = cell;
		finder->place[cell] = finder->region_count;
	}
}

static void list_ties(struct alternative_finder *finder, size_t cell)
{
	const struct ties *ties = finder->ties;
	for (size_t i = ties->touching_first[cell]; i < ties->touching_first[cell + 1]; i++) {
		size_t tie = ties->touching[i];
		if (!finder->listed[tie]) {
			finder->listed[tie] = true;
			finder->near[finder->near_count++] = tie;
		}
	}
}

static void grow_region(struct alternative_finder *finder, const struct alternative_aim *aims, size_t count,
                        enum alternative_reach reach, size_t limit)
{
	finder->reach = reach;
	for (size_t i = 0; i < count; i++) {
		struct tie_term own;
		size_t term_count = 0;
		const struct tie_term *terms = terms_of(finder, aims[i].cell, &own, &term_count);
		take_in(finder, terms, term_count);
	}
	size_t walked = 0; /* ties whose cells are in */
	for (size_t i = 0; i < finder->region_count; i++) {
		list_ties(finder, finder->region[i]);
		for (; walked < finder->near_count && finder->region_count < limit; walked++) {
			const struct tie *tie = &finder->ties->ties[finder->near[walked]];
			take_in(finder, finder->ties->terms + tie->first, tie->count);
		}
	}
}

static void forget_moves(struct alternative_finder *finder)
{
	for (size_t i = 0; i < finder->moved_count; i++)
		finder->by[finder->moved[i]] = 0;
	finder->moved_count = 0;
}

static void clear_region(struct alternative_finder *finder)
{
	for (size_t i = 0; i < finder->region_count; i++)
		finder->place[finder->region[i]] = 0;
	for (size_t i = 0; i < finder->near_count; i++)
		finder->listed[finder->near[i]] = finder->stated[finder->near[i]] = false;
	finder->region_count = finder->near_count = 0;
	forget_moves(finder);
}

/* --- the linear programme: column 2k - 1 is how far the unknown at place k goes up, 2k how far down; where it is shown
 * and may move a little as it is, what only hiding it allows has two columns more --- */

static double move_at(const struct alternative_finder *finder, size_t place, glp_prob *lp,
                      double (*value)(glp_prob *lp, int column))
{
	int beyond = finder->beyond[place];
	double by = value(lp, (int)(2 * place - 1)) - value(lp, (int)(2 * place));
	return beyond ? by + value(lp, beyond) - value(lp, beyond + 1) : by;
}

/* Into index and value, from 1; the number of entries. */
static int write_terms(struct alternative_finder *finder, const struct tie_term *terms, size_t count)
{
	int length = 0;
	for (size_t i = 0; i < count; i++) {
		size_t place = finder->place[terms[i].cell];
		if (!place)
			continue;
		finder->index[++length] = (int)(2 * place - 1);
		finder->value[length] = terms[i].factor;
		finder->index[++length] = (int)(2 * place);
		finder->value[length] = -terms[i].factor;
		for (int way = 0; way < 2 && finder->beyond[place]; way++) {
			finder->index[++length] = finder->beyond[place] + way;
			finder->value[length] = way ? -terms[i].factor : terms[i].factor;
		}
	}
	return length;
}

static void state_tie(struct alternative_finder *finder, glp_prob *lp, size_t number)
{
	const struct tie *tie = &finder->ties->ties[number];
	int length = write_terms(finder, finder->ties->terms + tie->first, tie->count);
	int row = glp_add_rows(lp, 1);
	struct room room = room_of_tie(finder, tie);
	if (tie->equal || !has_room(room))
		glp_set_row_bnds(lp, row, GLP_FX, 0, 0);
	else
		glp_set_row_bnds(lp, row, room.above == SECONDARY_NO_MOST ? GLP_LO : GLP_DB, (double)-room.below,
		                 (double)room.above);
	glp_set_mat_row(lp, row, length, finder->index, finder->value);
	finder->stated[number] = true;
}

static void state_move(glp_prob *lp, int up, struct room room, double cost)
{
	for (int way = 0; way < 2; way++) {
		long long most = way ? room.below : room.above;
		int type = most == SECONDARY_NO_MOST ? GLP_LO : most > 0 ? GLP_DB : GLP_FX;
		glp_set_col_bnds(lp, up + way, type, 0, type == GLP_DB ? (double)most : 0);
		glp_set_obj_coef(lp, up + way, cost);
	}
}

/* The columns of an unknown: free within what readers leave open, at the cost of hiding it beyond. */
static void state_unknown(struct alternative_finder *finder, glp_prob *lp, size_t place)
{
	size_t number = finder->region[place - 1];
	const struct secondary_cell *cell = &finder->problem->cells[number];
	struct room now = room_of(cell, cell->hidden), all = room_in(finder, number);
	double cost = HIDDEN_COST + (cell->hidden ? 0 : cell->cost);
	int up = (int)(2 * place - 1);
	finder->beyond[place] = 0;
	if (!may_hide(finder, cell) || !has_room(now)) {
		state_move(lp, up, all, may_hide(finder, cell) ? cost : HIDDEN_COST);
		return;
	}
	state_move(lp, up, now, HIDDEN_COST);
	finder->beyond[place] = glp_add_cols(lp, 2);
	all.below -= now.below;
	all.above -= all.above == SECONDARY_NO_MOST ? 0 : now.above;
	state_move(lp, finder->beyond[place], all, cost);
}

/* The sums. What must only not pass a bound waits until it does. */
static glp_prob *state_programme(struct alternative_finder *finder)
{
	glp_prob *lp = glp_create_prob();
	glp_set_obj_dir(lp, GLP_MIN);
	if (finder->region_count)
		glp_add_cols(lp, (int)(2 * finder->region_count));
	for (size_t place = 1; place <= finder->region_count; place++)
		state_unknown(finder, lp, place);
	for (size_t i = 0; i < finder->near_count; i++)
		if (finder->ties->ties[finder->near[i]].equal || finder->pressing[finder->near[i]])
			state_tie(finder, lp, finder->near[i]);
	return lp;
}

/* The aimed cell's move, as a row whose bounds the caller sets. */
static int state_aim(struct alternative_finder *finder, glp_prob *lp, size_t cell, int gain_column, double gain_factor)
{
	struct tie_term own;
	size_t count = 0;
	const struct tie_term *terms = terms_of(finder, cell, &own, &count);
	int length = write_terms(finder, terms, count), row = glp_add_rows(lp, 1);
	if (gain_column) {
		finder->index[++length] = gain_column;
		finder->value[length] = gain_factor;
	}
	glp_set_mat_row(lp, row, length, finder->index, finder->value);
	return row;
}

/* --- solving it --- */

/* All moves 0 is the start: it breaks nothing but the aims, and the dual simplex method mends those in few steps. */
static bool solve_once(glp_prob *lp)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.meth = GLP_DUALP;
	return glp_simplex(lp, &control) == 0 && glp_get_status(lp) == GLP_OPT;
}

/* State the ties that the solution breaks; how many. */
static size_t state_broken(struct alternative_finder *finder, glp_prob *lp)
{
	size_t count = 0;
	for (size_t i = 0; i < finder->near_count; i++) {
		const struct tie *tie = &finder->ties->ties[finder->near[i]];
		double sum = 0;
		if (finder->stated[finder->near[i]])
			continue;
		for (size_t j = 0; j < tie->count; j++) {
			const struct tie_term *term = &finder->ties->terms[tie->first + j];
			size_t place = finder->place[term->cell];
			if (place)
				sum += term->factor * move_at(finder, place, lp, glp_get_col_prim);
		}
		struct room room = room_of_tie(finder, tie);
		bool high = room.above != SECONDARY_NO_MOST && sum > (double)room.above + 1e-6;
		if (sum < (double)-room.below - 1e-6 || high) {
			state_tie(finder, lp, finder->near[i]);
			finder->pressing[finder->near[i]] = true;
			count++;
		}
	}
	return count;
}

static bool solve(struct alternative_finder *finder, glp_prob *lp)
{
	for (int round = 0; round < ROUND_LIMIT; round++) {
		if (!solve_once(lp))
			return false;
		if (state_broken(finder, lp) == 0)
			return true;
	}
	return false;
}

static void count_node(glp_tree *tree, void *left)
{
	if (glp_ios_reason(tree) == GLP_ISELECT && (*(int *)left)-- <= 0)
		glp_ios_terminate(tree);
}

/* Three-way tables can have an optimum between whole numbers. Then: branch and bound, up to the first that is near it.
 */
static bool solve_whole(struct alternative_finder *finder, glp_prob *lp)
{
	for (size_t i = 0; i < finder->near_count; i++)
		if (!finder->stated[finder->near[i]])
			state_tie(finder, lp, finder->near[i]);
	if (!solve_once(lp))
		return false;
	int columns = glp_get_num_cols(lp), left = columns < LARGE ? NODE_LIMIT : LARGE_NODE_LIMIT / columns;
	glp_iocp control;
	glp_init_iocp(&control);
	control.br_tech = columns < LARGE ? GLP_BR_DTH : GLP_BR_MFV;
	control.msg_lev = GLP_MSG_OFF;
	control.mip_gap = 0.5;
	control.cb_func = count_node;
	control.cb_info = &left;
	for (int column = 1; column <= glp_get_num_cols(lp); column++)
		glp_set_col_kind(lp, column, GLP_IV);
	glp_intopt(lp, &control);
	return glp_mip_status(lp) == GLP_OPT || glp_mip_status(lp) == GLP_FEAS;
}

/* --- from a solution to moves, and from moves to alternatives --- */

static void move(struct alternative_finder *finder, size_t cell, long long by)
{
	if (by == 0)
		return;
	finder->by[cell] = by;
	finder->moved[finder->moved_count++] = cell;
}

static void read_moves(struct alternative_finder *finder, glp_prob *lp, double (*value)(glp_prob *lp, int column))
{
	const struct ties *ties = finder->ties;
	forget_moves(finder);
	for (size_t place = 1; place <= finder->region_count; place++)
		move(finder, finder->region[place - 1], llround(move_at(finder, place, lp, value)));
	for (size_t cell = 0; cell < finder->problem->cell_count; cell++) {
		if (!ties->solved[cell] || !finder->listed[ties->solved[cell] - 1])
			continue;
		const struct tie *tie = &ties->ties[ties->solved[cell] - 1];
		long long by = 0;
		for (size_t i = 0; i < tie->count; i++)
			by += ties->terms[tie->first + i].factor * finder->by[ties->terms[tie->first + i].cell];
		move(finder, cell, by);
	}
}

static int compare_moves(const void *a, const void *b)
{
	size_t left = ((const struct alternative_move *)a)->cell, right = ((const struct alternative_move *)b)->cell;
	return (left > right) - (left < right);
}

static void collect(struct alternative *alternative, size_t *capacity, struct alternative_finder *finder, size_t cell)
{
	if (finder->visited[cell] || finder->by[cell] == 0)
		return;
	finder->visited[cell] = true;
	alternative->moves = mem_grow(alternative->moves, alternative->count, capacity, sizeof *alternative->moves);
	alternative->moves[alternative->count++] = (struct alternative_move){ .cell = cell, .by = finder->by[cell] };
}

static bool relation_kept(const struct alternative_finder *finder, const struct secondary_relation *relation)
{
	const struct secondary_cell *cells = finder->problem->cells;
	long long parent = finder->by[relation->parent], sum = 0;
	for (size_t i = 0; i < relation->part_count; i++) {
		size_t part = relation->parts[i];
		if (relation->contains && cells[part].n + finder->by[part] > cells[relation->parent].n + parent)
			return false;
		sum += finder->by[part];
	}
	return relation->contains || sum == parent;
}

/* The cells that move together with `cell`, tied by relations. False where they are no alternative: a relation broken
 * (by rounding) or a cell beyond what everybody knows. */
static bool take_together(struct alternative *alternative, struct alternative_finder *finder, size_t cell)
{
	const struct secondary_problem *problem = finder->problem;
	size_t capacity = 0;
	bool good = true;
	collect(alternative, &capacity, finder, cell);
	for (size_t i = 0; i < alternative->count; i++) {
		size_t moved = alternative->moves[i].cell;
		good = good && room_holds(room_in(finder, moved), finder->by[moved]);
		for (size_t t = finder->first[moved]; t < finder->first[moved + 1]; t++) {
			const struct secondary_relation *relation = &problem->relations[finder->touching[t]];
			good = good && relation_kept(finder, relation);
			collect(alternative, &capacity, finder, relation->parent);
			for (size_t j = 0; j < relation->part_count; j++)
				collect(alternative, &capacity, finder, relation->parts[j]);
		}
	}
	for (size_t i = 0; i < alternative->count; i++)
		finder->visited[alternative->moves[i].cell] = false;
	if (alternative->count)
		mem_sort(alternative->moves, alternative->count, sizeof *alternative->moves, compare_moves);
	return good && alternative->count > 0;
}

static bool take_aimed(struct alternative *found, struct alternative_finder *finder, const struct alternative_aim *aim)
{
	long long by = finder->by[aim->cell];
	if ((aim->by > 0 ? by >= aim->by : by <= aim->by) && take_together(found, finder, aim->cell))
		return true;
	alternative_free(found);
	return false;
}

/* What the solution, in whole numbers, does to the aim; its choices may be broken. */
static bool find_whole(struct alternative *found, struct alternative_finder *finder, glp_prob *lp,
                       const struct alternative_aim *aim)
{
	if (!solve(finder, lp))
		return false;
	read_moves(finder, lp, glp_get_col_prim);
	if (take_aimed(found, finder, aim))
		return true;
	if (!solve_whole(finder, lp))
		return false;
	read_moves(finder, lp, glp_mip_col_val);
	return take_aimed(found, finder, aim);
}

/* The cell has at least, or at most, so many; the row that says so. */
static int state_case(struct alternative_finder *finder, glp_prob *lp, size_t cell, bool at_most, long long bound)
{
	double by = (double)(bound - finder->problem->cells[cell].n);
	int row = state_aim(finder, lp, cell, 0, 0);
	glp_set_row_bnds(lp, row, at_most ? GLP_UP : GLP_LO, by, by);
	return row;
}

/* Where a choice is broken, again with each of its cases: first that somebody is in the zero, then that a group stays
 * small. */
static bool find_cased(struct alternative *found, struct alternative_finder *finder, glp_prob *lp,
                       const struct alternative_aim *aim, int *left)
{
	if (--*left < 0 || !find_whole(found, finder, lp, aim))
		return false;
	const struct secondary_choice *broken = choices_broken(&finder->choices, found);
	if (!broken)
		return true;
	alternative_free(found);
	bool ok = false;
	for (size_t i = 0; !ok && i <= broken->group_count; i++) {
		int row = state_case(finder, lp, i ? broken->groups[i - 1] : broken->cell, i > 0,
		                     i ? broken->small - 1 : 1);
		ok = find_cased(found, finder, lp, aim, left);
		glp_set_row_bnds(lp, row, GLP_FR, 0, 0);
	}
	return ok;
}

bool alternative_find(struct alternative *found, struct alternative_finder *finder, const struct alternative_aim *aim,
                      enum alternative_reach reach, size_t limit)
{
	const struct secondary_cell *cell = &finder->problem->cells[aim->cell];
	assert(cell->hidden && aim->by != 0);
	if (!room_holds(room_of(cell, true), aim->by))
		return false;
	grow_region(finder, aim, 1, reach, limit);
	glp_prob *lp = state_programme(finder);
	int row = state_aim(finder, lp, aim->cell, 0, 0), left = CASE_LIMIT;
	glp_set_row_bnds(lp, row, aim->by > 0 ? GLP_LO : GLP_UP, (double)aim->by, (double)aim->by);
	bool ok = finder->region_count > 0 && find_cased(found, finder, lp, aim, &left);
	glp_delete_prob(lp);
	clear_region(finder);
	return ok;
}

/* Each aim gains by every step towards it, and nothing beyond. */
static void state_gains(struct alternative_finder *finder, glp_prob *lp, const struct alternative_aim *aims,
                        size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int column = glp_add_cols(lp, 1);
		glp_set_col_bnds(lp, column, GLP_DB, 0, (double)llabs(aims[i].by));
		glp_set_col_stat(lp, column, GLP_NU);
		glp_set_obj_coef(lp, column, -1);
		int row = state_aim(finder, lp, aims[i].cell, column, aims[i].by > 0 ? -1 : 1);
		glp_set_row_bnds(lp, row, aims[i].by > 0 ? GLP_LO : GLP_UP, 0, 0);
	}
}

size_t alternative_find_many(struct alternative **found, struct alternative_finder *finder,
                             const struct alternative_aim *aims, size_t count, size_t limit)
{
	size_t found_count = 0, capacity = 0;
	*found = NULL;
	grow_region(finder, aims, count, ALTERNATIVE_HIDDEN, limit);
	glp_prob *lp = state_programme(finder);
	state_gains(finder, lp, aims, count);
	if (finder->region_count > 0 && solve(finder, lp)) {
		read_moves(finder, lp, glp_get_col_prim);
		for (size_t i = 0; i < finder->moved_count; i++) {
			struct alternative together = { 0 };
			bool good = take_together(&together, finder, finder->moved[i])
			            && !choices_broken(&finder->choices, &together);
			for (size_t j = 0; j < together.count; j++) /* they are dealt with */
				finder->by[together.moves[j].cell] = 0;
			if (good) {
				*found = mem_grow(*found, found_count, &capacity, sizeof **found);
				(*found)[found_count++] = together;
			} else {
				alternative_free(&together);
			}
		}
	}
	glp_delete_prob(lp);
	clear_region(finder);
	return found_count;
}
