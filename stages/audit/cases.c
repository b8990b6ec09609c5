#include "cases.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attacker_private.h"
#include "mem.h"
#include "program.h"

enum {
	NODES = 600,          /* of one end */
	BLOCK_NODES = 200000, /* of all ends of a block */
	RELEASES = 20,        /* times that cases in the way are let go */
	HOME_NODES = 40,      /* of one end, near the table that was found first */
	SMALL = 1000,         /* columns: of larger blocks so many fewer */
	TOGETHER = 8,         /* times that all broken choices are made at once */
	ITERATIONS = 100000,  /* of one simplex run */
};

static const double ROOM = 1e-7; /* share by which what is said of sums is let go: last digits exclude no table */

/* A bound of a column; one of a choice's bounds holds. */
struct limit {
	size_t id;
	bool upper;
	double bound;
};

struct choice {
	size_t first, count;
};

struct bounds {
	double least, most;
};

struct undo {
	size_t id;
	struct bounds bounds;
};

struct argument {
	struct unknowns *unknowns;
	const struct cases_inquiry *inquiry;
	size_t *roots;        /* by id: columns that rows or choices tie have one */
	struct limit *limits; /* of all choices */
	struct choice *choices;
	size_t limit_count, limit_capacity, choice_count, choice_capacity;
	bool impossible; /* a choice has no case left */

	glp_prob *program; /* of the block under way */
	size_t *columns, count;
	int *places; /* of an id; 0: in another block */
	size_t *own; /* its choices */
	size_t own_count;
	struct bounds *now;  /* by id */
	struct bounds *seen; /* by id: the least and the most in any table that fits */
	struct limit *home;  /* of each own choice, the case that holds in one table that fits */
	bool *released;      /* of each own choice: its case is not supposed, though the others are */
	int *states;         /* the basis there: of the columns, then of the rows */
	double far;          /* beyond all that is known of the block: an end that is so far off is none */
	struct undo *undone;
	size_t undo_count, undo_capacity;
	int *indices;
	double *values;

	size_t wanted, leader;    /* what is looked for */
	double sign, offset;      /* of the wanted column, by its leader */
	int way;                  /* 1: the most of the leader, -1: the least */
	double aim;               /* way times its value: no more is wanted */
	double best, open;        /* way times its value: in a table that fits; in a case not looked into */
	size_t nodes, nodes_left; /* of this end; of the block, where no case is supposed */
	size_t undecided;
};

/* ---- the choices ---- */

/* "The column is at most (at least) the bound", of the column that it follows. */
static struct limit limit_of(const struct unknowns *unknowns, size_t id, bool upper, double bound)
{
	double sign, offset;
	size_t leader = unknowns_leader(unknowns, id, &sign, &offset);
	return (struct limit){ leader, sign > 0 ? upper : !upper, sign * (bound - offset) };
}

static bool is_met(struct limit limit, struct bounds bounds)
{
	return limit.upper ? bounds.most <= limit.bound : bounds.least >= limit.bound;
}

static bool is_met_never(struct limit limit, struct bounds bounds)
{
	return limit.upper ? bounds.least > limit.bound : bounds.most < limit.bound;
}

static void add_limit(struct argument *argument, struct limit limit)
{
	argument->limits =
		mem_grow(argument->limits, argument->limit_count, &argument->limit_capacity, sizeof *argument->limits);
	argument->limits[argument->limit_count++] = limit;
}

static struct bounds bounds_at(const struct unknowns *unknowns, size_t id)
{
	const struct column *column = unknowns_at(unknowns, id);
	return (struct bounds){ column->least, column->most };
}

/* What is left of a choice; nothing is where one of its limits holds anyway. */
static void add_choice(struct argument *argument, size_t first)
{
	size_t kept = first;
	bool met = false;
	for (size_t i = first; i < argument->limit_count; i++) {
		struct limit limit = argument->limits[i];
		struct bounds bounds = bounds_at(argument->unknowns, limit.id);
		met = met || is_met(limit, bounds);
		if (!is_met_never(limit, bounds))
			argument->limits[kept++] = limit;
	}
	argument->limit_count = met ? first : kept;
	if (met)
		return;
	argument->impossible = argument->impossible || kept == first;
	argument->choices = mem_grow(argument->choices, argument->choice_count, &argument->choice_capacity,
	                             sizeof *argument->choices);
	argument->choices[argument->choice_count++] = (struct choice){ first, kept - first };
}

/* Groups stand in the order of their relations, and one after the other for each doubt here. */
static void read_choices(struct argument *argument, const struct attacker *attacker)
{
	const struct unknowns *unknowns = argument->unknowns;
	size_t *first = mem_alloc(attacker->doubt_count + 2, sizeof *first);
	size_t *sorted = mem_alloc(attacker->group_count + 1, sizeof *sorted);
	for (size_t i = 0; i < attacker->group_count; i++)
		first[attacker->groups[i].doubt + 2]++;
	for (size_t d = 2; d < attacker->doubt_count + 2; d++)
		first[d] += first[d - 1];
	for (size_t i = 0; i < attacker->group_count; i++)
		sorted[first[attacker->groups[i].doubt + 1]++] = attacker->groups[i].cell;
	for (size_t d = 0; d < attacker->doubt_count; d++) {
		const struct doubt *doubt = &attacker->doubts[d];
		size_t start = argument->limit_count;
		add_limit(argument, limit_of(unknowns, doubt->cell, false, 1));
		for (size_t i = first[d]; i < first[d + 1]; i++)
			add_limit(argument, limit_of(unknowns, sorted[i], true, doubt->threshold - 1));
		add_choice(argument, start);
	}
	free(first);
	free(sorted);
}

/* ---- blocks ---- */

static size_t root_of(size_t *roots, size_t id)
{
	while (roots[id] != id) {
		roots[id] = roots[roots[id]];
		id = roots[id];
	}
	return id;
}

static void tie(size_t *roots, size_t one, size_t other)
{
	size_t a = root_of(roots, one), b = root_of(roots, other);
	roots[a > b ? a : b] = a > b ? b : a;
}

static void find_blocks(struct argument *argument)
{
	const struct unknowns *unknowns = argument->unknowns;
	for (size_t id = 0; id <= unknowns->column_count; id++)
		argument->roots[id] = id;
	for (size_t i = 0; i < unknowns->row_count; i++) {
		const struct row *row = unknowns->rows[i];
		for (size_t j = 1; j < row->count; j++)
			tie(argument->roots, unknowns->terms[row->first].column,
			    unknowns->terms[row->first + j].column);
	}
	for (size_t i = 0; i < argument->choice_count; i++)
		for (size_t j = 1; j < argument->choices[i].count; j++)
			tie(argument->roots, argument->limits[argument->choices[i].first].id,
			    argument->limits[argument->choices[i].first + j].id);
}

static double finite(double bound)
{
	return isinf(bound) ? 0 : bound;
}

static int bound_type(struct bounds bounds)
{
	if (isinf(bounds.least) || isinf(bounds.most))
		return isinf(bounds.least) ? isinf(bounds.most) ? GLP_FR : GLP_UP : GLP_LO;
	return bounds.least >= bounds.most ? GLP_FX : GLP_DB;
}

static void set_bounds(struct argument *argument, size_t id, struct bounds bounds)
{
	const struct column *column = unknowns_at(argument->unknowns, id);
	argument->now[id] = bounds;
	if (!column->whole) {
		bounds.least -= ROOM * (1 + fabs(finite(bounds.least)));
		bounds.most += ROOM * (1 + fabs(finite(bounds.most)));
	}
	glp_set_col_bnds(argument->program, argument->places[id], bound_type(bounds), finite(bounds.least),
	                 finite(bounds.most));
}

static void add_row(struct argument *argument, const struct row *row)
{
	const struct unknowns *unknowns = argument->unknowns;
	double size = 0;
	bool whole = true;
	for (size_t i = 0; i < row->count; i++) {
		const struct term *term = &unknowns->terms[row->first + i];
		struct bounds bounds = bounds_at(unknowns, term->column);
		argument->indices[i + 1] = argument->places[term->column];
		argument->values[i + 1] = term->factor;
		size = fmax(size, fabs(term->factor) * fmax(fabs(finite(bounds.least)), fabs(finite(bounds.most))));
		whole = whole && unknowns_at(unknowns, term->column)->whole && term->factor == round(term->factor);
	}
	double room = whole ? 0 : ROOM * fmax(size, 1);
	struct bounds bounds = { row->least - room, row->most + room };
	int number = glp_add_rows(argument->program, 1);
	glp_set_row_bnds(argument->program, number, bound_type(bounds), finite(bounds.least), finite(bounds.most));
	glp_set_mat_row(argument->program, number, (int)row->count, argument->indices, argument->values);
}

static void build(struct argument *argument, size_t root)
{
	const struct unknowns *unknowns = argument->unknowns;
	argument->program = glp_create_prob();
	argument->count = argument->own_count = 0;
	argument->far = 0;
	memset(argument->places, 0, (unknowns->column_count + 1) * sizeof *argument->places);
	for (size_t id = root; id <= unknowns->column_count; id++)
		if (root_of(argument->roots, id) == root) {
			argument->columns[argument->count++] = id;
			argument->places[id] = glp_add_cols(argument->program, 1);
			argument->seen[id] = (struct bounds){ INFINITY, -INFINITY };
			set_bounds(argument, id, bounds_at(unknowns, id));
			argument->far = fmax(argument->far, fabs(finite(argument->now[id].least))
			                                            + fabs(finite(argument->now[id].most)));
		}
	argument->far = 1000 + 4 * argument->far;
	for (size_t i = 0; i < unknowns->row_count; i++)
		if (argument->places[unknowns->terms[unknowns->rows[i]->first].column])
			add_row(argument, unknowns->rows[i]);
	for (size_t i = 0; i < argument->choice_count; i++)
		if (argument->places[argument->limits[argument->choices[i].first].id])
			argument->own[argument->own_count++] = i;
	glp_scale_prob(argument->program, GLP_SF_GM | GLP_SF_EQ | GLP_SF_2N);
}

/* ---- one table ---- */

enum outcome { NO_TABLE, A_TABLE, NOT_KNOWN };

static enum outcome run_simplex(struct argument *argument, int method)
{
	glp_smcp settings;
	glp_init_smcp(&settings);
	settings.msg_lev = GLP_MSG_OFF;
	settings.meth = method;
	settings.tol_bnd = settings.tol_dj = 1e-9;
	settings.it_lim = ITERATIONS;
	int failed = glp_simplex(argument->program, &settings), status = glp_get_status(argument->program);
	return !failed && status == GLP_OPT ? A_TABLE : !failed && status == GLP_NOFEAS ? NO_TABLE : NOT_KNOWN;
}

static enum outcome solve(struct argument *argument)
{
	enum outcome outcome = run_simplex(argument, argument->undo_count ? GLP_DUALP : GLP_PRIMAL);
	if (outcome != NOT_KNOWN)
		return outcome;
	glp_adv_basis(argument->program, 0);
	return run_simplex(argument, GLP_PRIMAL);
}

static double value_at(const struct argument *argument, size_t id)
{
	return glp_get_col_prim(argument->program, argument->places[id]);
}

static bool is_passed(const struct argument *argument, struct limit limit)
{
	double over = value_at(argument, limit.id) - limit.bound;
	return (limit.upper ? over : -over) > UNKNOWNS_NEAR;
}

static bool is_broken(const struct argument *argument, const struct choice *choice)
{
	bool broken = true;
	for (size_t i = choice->first; broken && i < choice->first + choice->count; i++)
		broken = is_passed(argument, argument->limits[i]);
	return broken;
}

/* A broken choice, those about what is looked for first; NULL: none. */
static const struct choice *find_broken(const struct argument *argument)
{
	const struct choice *broken = NULL;
	for (size_t i = 0; i < argument->own_count; i++) {
		const struct choice *choice = &argument->choices[argument->own[i]];
		if (!is_broken(argument, choice))
			continue;
		for (size_t j = choice->first; j < choice->first + choice->count; j++)
			if (argument->limits[j].id == argument->leader)
				return choice;
		broken = broken ? broken : choice;
	}
	return broken;
}

/* The column of a whole number that is furthest from one; 0: none. In a large block too many may be. */
static size_t find_part(const struct argument *argument)
{
	size_t found = 0;
	double furthest = UNKNOWNS_NEAR;
	for (size_t i = 0; i < argument->count && argument->count < SMALL; i++) {
		size_t id = argument->columns[i];
		double value = value_at(argument, id), off = fabs(value - round(value));
		if (!unknowns_at(argument->unknowns, id)->whole || off <= furthest)
			continue;
		furthest = off;
		found = id;
	}
	return found;
}

static bool suffices(const struct argument *argument, struct bounds leader)
{
	const struct cases_inquiry *inquiry = argument->inquiry;
	double low = argument->sign * leader.least + argument->offset,
	       high = argument->sign * leader.most + argument->offset;
	return leader.least <= leader.most && inquiry->suffices
	       && inquiry->suffices(inquiry->context, argument->wanted,
	                            (struct interval){ fmin(low, high), fmax(low, high) });
}

/* The case of each choice that holds in this table. */
static void note_home(struct argument *argument)
{
	argument->best = INFINITY;
	for (size_t i = 0; i < argument->own_count; i++) {
		const struct choice *choice = &argument->choices[argument->own[i]];
		size_t holds = choice->first;
		while (is_passed(argument, argument->limits[holds]))
			holds++;
		argument->home[i] = argument->limits[holds];
	}
}

static void note_table(struct argument *argument)
{
	for (size_t i = 0; i < argument->count; i++) {
		size_t id = argument->columns[i];
		double value = value_at(argument, id);
		value = argument->count < SMALL && unknowns_at(argument->unknowns, id)->whole ? round(value) : value;
		argument->seen[id].least = fmin(argument->seen[id].least, value);
		argument->seen[id].most = fmax(argument->seen[id].most, value);
	}
	if (argument->leader)
		argument->best = fmax(argument->best,
		                      floor(argument->way * value_at(argument, argument->leader) + UNKNOWNS_NEAR));
	else
		note_home(argument);
}

/* ---- cases ---- */

static void suppose(struct argument *argument, struct limit limit)
{
	struct bounds bounds = argument->now[limit.id];
	argument->undone =
		mem_grow(argument->undone, argument->undo_count, &argument->undo_capacity, sizeof *argument->undone);
	argument->undone[argument->undo_count++] = (struct undo){ limit.id, bounds };
	if (limit.upper)
		bounds.most = fmin(bounds.most, limit.bound);
	else
		bounds.least = fmax(bounds.least, limit.bound);
	set_bounds(argument, limit.id, bounds);
}

/* GLPK wants no lower bound above an upper one. */
static bool can_suppose(const struct argument *argument, struct limit limit)
{
	return !is_met_never(limit, argument->now[limit.id]);
}

static void forget(struct argument *argument, size_t count)
{
	while (argument->undo_count > count) {
		struct undo undo = argument->undone[--argument->undo_count];
		set_bounds(argument, undo.id, undo.bounds);
	}
}

/* Most choices are about other people than what is looked for: the first case of all broken ones at once is often a
 * table. */
static void try_together(struct argument *argument)
{
	size_t before = argument->undo_count;
	bool *broken = mem_alloc(argument->own_count, sizeof *broken);
	enum outcome outcome = A_TABLE;
	for (int i = 0; i < TOGETHER && outcome == A_TABLE && find_broken(argument); i++) {
		for (size_t c = 0; c < argument->own_count; c++)
			broken[c] = is_broken(argument, &argument->choices[argument->own[c]]);
		for (size_t c = 0; c < argument->own_count; c++) {
			const struct choice *choice = &argument->choices[argument->own[c]];
			size_t first = choice->first;
			while (broken[c] && first + 1 < choice->first + choice->count
			       && !can_suppose(argument, argument->limits[first]))
				first++;
			if (broken[c] && can_suppose(argument, argument->limits[first]))
				suppose(argument, argument->limits[first]);
		}
		outcome = solve(argument);
	}
	if (outcome == A_TABLE && !find_broken(argument) && !find_part(argument))
		note_table(argument);
	free(broken);
	forget(argument, before);
}

static void explore(struct argument *argument, double bound);

static void explore_case(struct argument *argument, struct limit limit, double bound)
{
	size_t before = argument->undo_count;
	if (argument->best >= fmin(bound, argument->aim) || !can_suppose(argument, limit))
		return;
	suppose(argument, limit);
	explore(argument, bound);
	forget(argument, before);
}

/* `bound`: no table here has more. */
static void explore(struct argument *argument, double bound)
{
	enum outcome outcome = NOT_KNOWN;
	if (argument->nodes > 0) {
		argument->nodes--;
		outcome = solve(argument);
	}
	if (outcome == NOT_KNOWN)
		argument->open = fmax(argument->open, bound);
	if (outcome != A_TABLE)
		return;
	if (argument->leader)
		bound = fmin(bound, floor(argument->way * value_at(argument, argument->leader) + UNKNOWNS_NEAR));
	if (bound <= argument->best)
		return;
	const struct choice *broken = find_broken(argument);
	size_t part = find_part(argument);
	double value = part ? value_at(argument, part) : 0;
	if (!broken && !part) {
		note_table(argument);
		return;
	}
	if (broken)
		try_together(argument);
	for (size_t i = 0; broken && i < broken->count; i++)
		explore_case(argument, argument->limits[broken->first + i], bound);
	for (int i = 0; !broken && i < 2; i++) {
		bool upper = (value - floor(value) < 0.5) == (i == 0);
		explore_case(argument, (struct limit){ part, upper, upper ? floor(value) : ceil(value) }, bound);
	}
}

/* ---- one end ---- */

/* From here on the cases of the table that was found first are supposed, in which every table of whole numbers fits; or
 * no case is. */
static void go_home(struct argument *argument, bool home)
{
	forget(argument, 0);
	for (size_t i = 0; home && i < argument->own_count; i++)
		if (!argument->released[i])
			suppose(argument, argument->home[i]);
}

static void keep_basis(struct argument *argument)
{
	int columns = (int)argument->count, rows = glp_get_num_rows(argument->program);
	free(argument->states);
	argument->states = mem_alloc((size_t)columns + (size_t)rows, sizeof *argument->states);
	for (int i = 1; i <= columns; i++)
		argument->states[i - 1] = glp_get_col_stat(argument->program, i);
	for (int i = 1; i <= rows; i++)
		argument->states[columns + i - 1] = glp_get_row_stat(argument->program, i);
}

static void restore_basis(struct argument *argument)
{
	int columns = (int)argument->count, rows = glp_get_num_rows(argument->program);
	for (int i = 1; i <= columns; i++)
		glp_set_col_stat(argument->program, i, argument->states[i - 1]);
	for (int i = 1; i <= rows; i++)
		glp_set_row_stat(argument->program, i, argument->states[columns + i - 1]);
}

static size_t nodes_of(const struct argument *argument, size_t nodes)
{
	size_t most = nodes * SMALL / (argument->count + 1) + 1;
	return argument->count < SMALL ? nodes : most;
}

/* One table that fits: what is looked for later moves as little of it as can be. False where none was found. */
static bool find_home(struct argument *argument)
{
	argument->leader = 0;
	argument->way = 1;
	argument->nodes = NODES;
	argument->best = argument->open = -INFINITY;
	argument->aim = INFINITY;
	explore(argument, INFINITY);
	if (argument->best < INFINITY)
		return false;
	memset(argument->released, 0, argument->own_count * sizeof *argument->released);
	go_home(argument, true);
	if (solve(argument) != A_TABLE)
		return false;
	keep_basis(argument);
	return true;
}

/* Release the cases that keep what is looked for from going further. Whether there are any. */
static bool release(struct argument *argument)
{
	bool any = false;
	for (size_t i = 0; i < argument->own_count; i++) {
		struct limit limit = argument->home[i];
		int place = argument->places[limit.id];
		if (argument->released[i] || fabs(glp_get_col_dual(argument->program, place)) <= UNKNOWNS_NEAR
		    || fabs(value_at(argument, limit.id) - limit.bound) > UNKNOWNS_NEAR
		    || is_met(limit, bounds_at(argument->unknowns, limit.id)))
			continue;
		argument->released[i] = any = true;
	}
	return any;
}

/* Suppose the cases of the table that was found first, but for those that stand in the way. */
static void make_way(struct argument *argument)
{
	memset(argument->released, 0, argument->own_count * sizeof *argument->released);
	go_home(argument, true);
	restore_basis(argument);
	for (int i = 0; i < RELEASES; i++) {
		if (run_simplex(argument, GLP_PRIMAL) != A_TABLE
		    || argument->way * value_at(argument, argument->leader) >= argument->aim - UNKNOWNS_NEAR
		    || !release(argument))
			return;
		go_home(argument, true);
	}
}

/* Beside the table that was found first, or anywhere; no further than the limit, so that little else is moved. */
static void look(struct argument *argument, bool beside, double limit)
{
	go_home(argument, false);
	struct bounds before = argument->now[argument->leader], bounds = before;
	if (argument->way > 0)
		bounds.most = fmax(fmin(before.most, limit), before.least);
	else
		bounds.least = fmin(fmax(before.least, -limit), before.most);
	set_bounds(argument, argument->leader, bounds);
	argument->nodes = beside ? HOME_NODES : nodes_of(argument, NODES);
	if (!beside && argument->nodes > argument->nodes_left)
		argument->nodes = argument->nodes_left;
	size_t nodes = argument->nodes;
	argument->open = -INFINITY;
	if (beside)
		make_way(argument);
	explore(argument, limit);
	argument->nodes_left -= beside ? 0 : nodes - argument->nodes;
	go_home(argument, false);
	set_bounds(argument, argument->leader, before);
}

/* Look for a table in which what is looked for goes as far as the aim; where there is none, that is its end. False
 * where neither was found. */
static bool find_end(struct argument *argument, int way, double aim)
{
	const struct bounds known = bounds_at(argument->unknowns, argument->leader);
	const struct bounds *seen = &argument->seen[argument->leader];
	int place = argument->places[argument->leader];
	argument->way = way;
	argument->aim = way * aim;
	argument->best = seen->least <= seen->most ? way > 0 ? seen->most : -seen->least : -INFINITY;
	if (argument->best >= argument->aim)
		return true;
	glp_set_obj_dir(argument->program, way > 0 ? GLP_MAX : GLP_MIN);
	glp_set_obj_coef(argument->program, place, 1);
	look(argument, true, argument->aim);
	if (argument->best < argument->aim)
		look(argument, false, argument->aim);
	glp_set_obj_coef(argument->program, place, 0);
	double end = fmax(argument->best, argument->open), outer = way > 0 ? known.most : -known.least;
	if (argument->best >= argument->aim || end >= argument->aim || isinf(end) || end >= fmin(outer, argument->far))
		return argument->best >= argument->aim;
	end = way > 0 ? end : 0 - end; /* no -0 */
	unknowns_narrow(argument->unknowns, argument->leader, way > 0 ? -INFINITY : end, way > 0 ? end : INFINITY);
	set_bounds(argument, argument->leader, bounds_at(argument->unknowns, argument->leader));
	return argument->open <= argument->best;
}

/* ---- one block ---- */

/* How far an end must go at least to suffice, where the other one is as it is. */
static double needed(const struct argument *argument, struct bounds bounds, int way)
{
	double near = way > 0 ? bounds.least : bounds.most, far = way > 0 ? bounds.most : bounds.least;
	while (fabs(far - near) > 0.5) {
		double middle = way > 0 ? floor((near + far) / 2) : ceil((near + far) / 2);
		struct bounds tried = { way > 0 ? bounds.least : middle, way > 0 ? middle : bounds.most };
		if (suffices(argument, tried))
			far = middle;
		else
			near = middle + way;
	}
	return far;
}

static struct bounds outer_of(const struct argument *argument)
{
	struct bounds bounds = bounds_at(argument->unknowns, argument->leader);
	return (struct bounds){ fmax(bounds.least, -argument->far), fmin(bounds.most, argument->far) };
}

/* Up as far as must be where down goes as far as the rows leave, then down from there, and up again where it did not go
 * so far. */
static void argue_wanted(struct argument *argument)
{
	const struct bounds *seen = &argument->seen[argument->leader];
	bool found = true;
	for (int step = 0; step < 4 && found && !suffices(argument, *seen); step++) {
		struct bounds outer = outer_of(argument), from = outer;
		int way = step % 2 ? -1 : 1;
		if (step > 0)
			*(way > 0 ? &from.least : &from.most) = way > 0 ? seen->least : seen->most;
		bool aims = argument->inquiry->suffices && suffices(argument, from);
		found = find_end(argument, way,
		                 aims      ? needed(argument, from, way)
		                 : way > 0 ? outer.most
		                           : outer.least)
		        || !argument->inquiry->suffices;
	}
}

static bool is_decided(const struct argument *argument)
{
	struct bounds outer = outer_of(argument), seen = argument->seen[argument->leader];
	return suffices(argument, seen) || (argument->inquiry->suffices && !suffices(argument, outer))
	       || (seen.least <= outer.least && seen.most >= outer.most);
}

static void argue_block(struct argument *argument)
{
	const struct unknowns *unknowns = argument->unknowns;
	bool home = find_home(argument);
	argument->nodes_left = nodes_of(argument, (size_t)BLOCK_NODES);
	for (size_t w = 0; w < argument->inquiry->wanted_count; w++) {
		size_t id = unknowns_find(unknowns, argument->inquiry->wanted[w]);
		if (!id)
			continue;
		argument->wanted = w;
		argument->leader = unknowns_leader(unknowns, id, &argument->sign, &argument->offset);
		struct bounds bounds = bounds_at(unknowns, argument->leader);
		if (!argument->places[argument->leader] || bounds.least >= bounds.most)
			continue;
		if (home)
			argue_wanted(argument);
		argument->undecided += !is_decided(argument);
	}
}

/* By id: whether something of the block with this root is wanted, and there is anything to argue about it. In a large
 * block without choices the linear programs have said all that is looked for. Free with free(). */
static bool *blocks_to_argue(const struct argument *argument)
{
	const struct unknowns *unknowns = argument->unknowns;
	size_t *sizes = mem_alloc(unknowns->column_count + 1, sizeof *sizes);
	bool *cased = mem_alloc(unknowns->column_count + 1, sizeof *cased);
	bool *roots = mem_alloc(unknowns->column_count + 1, sizeof *roots);
	for (size_t id = 1; id <= unknowns->column_count; id++)
		sizes[root_of(argument->roots, id)]++;
	for (size_t i = 0; i < argument->choice_count; i++)
		cased[root_of(argument->roots, argument->limits[argument->choices[i].first].id)] = true;
	for (size_t w = 0; w < argument->inquiry->wanted_count; w++) {
		double sign, offset;
		size_t id = unknowns_find(unknowns, argument->inquiry->wanted[w]);
		size_t root = id ? root_of(argument->roots, unknowns_leader(unknowns, id, &sign, &offset)) : 0;
		roots[root] = cased[root] || (sizes[root] > 1 && sizes[root] < SMALL);
	}
	free(sizes);
	free(cased);
	return roots;
}

static bool argue_blocks(void *context, struct error *err)
{
	struct argument *argument = context;
	bool *argued = blocks_to_argue(argument);
	(void)err;
	for (size_t root = 1; root <= argument->unknowns->column_count; root++) {
		if (!argued[root])
			continue;
		build(argument, root);
		argue_block(argument);
		go_home(argument, false);
		glp_delete_prob(argument->program);
	}
	free(argued);
	return true;
}

bool cases_argue(struct attacker *attacker, const struct cases_inquiry *inquiry, size_t *undecided, struct error *err)
{
	size_t count = attacker->unknowns.column_count;
	struct argument argument = { .unknowns = &attacker->unknowns,
		                     .inquiry = inquiry,
		                     .roots = mem_alloc(count + 1, sizeof *argument.roots),
		                     .columns = mem_alloc(count + 1, sizeof *argument.columns),
		                     .places = mem_alloc(count + 1, sizeof *argument.places),
		                     .now = mem_alloc(count + 1, sizeof *argument.now),
		                     .seen = mem_alloc(count + 1, sizeof *argument.seen),
		                     .indices = mem_alloc(count + 1, sizeof *argument.indices),
		                     .values = mem_alloc(count + 1, sizeof *argument.values) };
	read_choices(&argument, attacker);
	argument.home = mem_alloc(argument.choice_count + 1, sizeof *argument.home);
	argument.released = mem_alloc(argument.choice_count + 1, sizeof *argument.released);
	argument.own = mem_alloc(argument.choice_count + 1, sizeof *argument.own);
	find_blocks(&argument);
	bool ok = argument.impossible ? program_impossible(err) : program_guard(argue_blocks, &argument, err);
	if (ok)
		unknowns_follow(&attacker->unknowns);
	ok = ok && (!attacker->unknowns.contradiction || program_impossible(err));
	*undecided = argument.undecided;
	free(argument.roots);
	free(argument.columns);
	free(argument.places);
	free(argument.now);
	free(argument.seen);
	free(argument.indices);
	free(argument.values);
	free(argument.own);
	free(argument.home);
	free(argument.released);
	free(argument.states);
	free(argument.limits);
	free(argument.choices);
	free(argument.undone);
	return ok;
}
