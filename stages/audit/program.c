#include "program.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum {
	ITERATIONS = 1000000, /* of one simplex run: far beyond any that ends */
	EXACT_COLUMNS = 200,
};

static const double REACHED = UNKNOWNS_NEAR / 100; /* a bound so near to a solution is reached */

/* Numbers of a million beside numbers of one: what is said of sums is let go by this share of the largest of a row, so
 * that the last digits of doubles exclude nothing: by the first, and where a solver finds no solution all the same by
 * the next. That can only widen the attacker's intervals. What is said of counts alone stays as it is. */
static const double ROOMS[] = { 1e-12, 1e-9, 1e-7 };

bool program_impossible(struct error *err)
{
	error_set(err, ERROR_FAULT, "no table fits what is shown: two shown numbers exclude each other");
	error_code(err, "audit-impossible");
	return error_help(
		err,
		"either withhold printed a number that is not true, or answers or codes have changed since an earlier "
		"release: a recoded variable needs a new name");
}

bool program_is_impossible(const struct error *err)
{
	return strcmp(err->code, "audit-impossible") == 0;
}

/* ---- blocks: columns that no row ties to others are solved apart ---- */

/* Members of a block in chains, the lowest first: next_column of a column's id, next_row of a row's index plus one; 0
 * ends. */
struct blocks {
	size_t *roots; /* of each column: the lowest of its block */
	bool *asked;   /* of each column: somebody asks for its ends, or for those of one that follows it */
	size_t *next_column, *first_row, *next_row;
};

static void blocks_free(struct blocks *blocks)
{
	free(blocks->roots);
	free(blocks->asked);
	free(blocks->next_column);
	free(blocks->first_row);
	free(blocks->next_row);
}

static size_t root_of(size_t *roots, size_t id)
{
	while (roots[id] != id) {
		roots[id] = roots[roots[id]];
		id = roots[id];
	}
	return id;
}

static struct blocks blocks_find(const struct unknowns *unknowns)
{
	size_t count = unknowns->column_count;
	struct blocks blocks = { .roots = mem_alloc(count + 1, sizeof *blocks.roots),
		                 .asked = mem_alloc(count + 1, sizeof *blocks.asked),
		                 .next_column = mem_alloc(count + 1, sizeof *blocks.next_column),
		                 .first_row = mem_alloc(count + 1, sizeof *blocks.first_row),
		                 .next_row = mem_alloc(unknowns->row_count + 1, sizeof *blocks.next_row) };
	size_t *last = mem_alloc(count + 1, sizeof *last);
	for (size_t id = 0; id <= count; id++)
		blocks.roots[id] = id;
	for (size_t i = 0; i < unknowns->row_count; i++) {
		const struct row *row = unknowns->rows[i];
		const struct term *terms = unknowns->terms + row->first;
		for (size_t j = 1; j < row->count; j++) {
			size_t a = root_of(blocks.roots, terms[0].column), b = root_of(blocks.roots, terms[j].column);
			blocks.roots[a > b ? a : b] = a > b ? b : a;
		}
	}
	for (size_t id = 1; id <= count; id++) {
		double sign, offset;
		if (!unknowns_at(unknowns, id)->unasked)
			blocks.asked[unknowns_leader(unknowns, id, &sign, &offset)] = true;
	}
	for (size_t id = 1; id <= count; id++) {
		size_t root = blocks.roots[id] = root_of(blocks.roots, id);
		if (root != id)
			blocks.next_column[last[root]] = id;
		last[root] = id;
	}
	memset(last, 0, (count + 1) * sizeof *last);
	for (size_t i = 0; i < unknowns->row_count; i++) {
		size_t root = blocks.roots[unknowns->terms[unknowns->rows[i]->first].column];
		*(last[root] ? &blocks.next_row[last[root]] : &blocks.first_row[root]) = i + 1;
		last[root] = i + 1;
	}
	free(last);
	return blocks;
}

/* ---- one block ---- */

struct interval_ends {
	double least, most;
};

struct block {
	glp_prob *program;
	const struct unknowns *unknowns;
	const struct blocks *blocks;
	size_t first_row; /* and its next ones: rows 1 .. of the program */
	double room;      /* share by which what is said of sums is let go */
	size_t *columns;  /* ids, of the program's columns 1 .. count */
	size_t count;
	struct interval_ends *seen;  /* the lowest and highest value of each in any solution so far */
	struct interval_ends *found; /* the ends */
	int *places;                 /* of an id: the program's column */
	int *indices;                /* of the row under way, from 1 */
	double *values;
};

static int bound_type(double least, double most)
{
	if (isinf(least) && isinf(most))
		return GLP_FR;
	if (isinf(least))
		return GLP_UP;
	if (isinf(most))
		return GLP_LO;
	return least >= most ? GLP_FX : GLP_DB;
}

static double finite(double bound)
{
	return isinf(bound) ? 0 : bound;
}

static void bound_column(const struct block *block, size_t index)
{
	const struct column *column = unknowns_at(block->unknowns, block->columns[index]);
	double low = column->whole ? 0 : block->room * (1 + fabs(column->least));
	double high = column->whole ? 0 : block->room * (1 + fabs(column->most));
	double least = isinf(column->least) ? -INFINITY : column->least - low;
	double most = isinf(column->most) ? INFINITY : column->most + high;
	glp_set_col_bnds(block->program, (int)index + 1, bound_type(least, most), finite(least), finite(most));
}

/* The largest that a term can be; 0: a row of counts, by whole factors. */
static double size_of(const struct unknowns *unknowns, const struct row *row)
{
	double size = 0;
	bool whole = true;
	for (size_t i = row->first; i < row->first + row->count; i++) {
		const struct term *term = &unknowns->terms[i];
		const struct column *column = unknowns_at(unknowns, term->column);
		size = fmax(size, fabs(term->factor) * fmax(fabs(finite(column->least)), fabs(finite(column->most))));
		whole = whole && column->whole && term->factor == round(term->factor);
	}
	return whole ? 0 : fmax(size, 1);
}

static void bound_row(const struct block *block, const struct row *row, int number)
{
	double room = block->room * size_of(block->unknowns, row);
	glp_set_row_bnds(block->program, number, bound_type(row->least - room, row->most + room),
	                 finite(row->least - room), finite(row->most + room));
}

static void bound_all(struct block *block, const struct blocks *blocks, double room)
{
	int number = 1;
	block->room = room;
	for (size_t i = 0; i < block->count; i++)
		bound_column(block, i);
	for (size_t row = block->first_row; row; row = blocks->next_row[row])
		bound_row(block, block->unknowns->rows[row - 1], number++);
}

static void add_row(const struct unknowns *unknowns, struct block *block, const struct row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		const struct term *term = &unknowns->terms[row->first + i];
		block->indices[i + 1] = block->places[term->column];
		block->values[i + 1] = term->factor;
	}
	glp_set_mat_row(block->program, glp_add_rows(block->program, 1), (int)row->count, block->indices,
	                block->values);
}

static void forget_solutions(struct block *block)
{
	for (size_t i = 0; i < block->count; i++)
		block->seen[i] = (struct interval_ends){ INFINITY, -INFINITY };
}

static void build(const struct unknowns *unknowns, struct block *block, const struct blocks *blocks)
{
	block->program = glp_create_prob();
	block->unknowns = unknowns;
	block->blocks = blocks;
	block->first_row = blocks->first_row[block->columns[0]];
	glp_add_cols(block->program, (int)block->count);
	for (size_t i = 0; i < block->count; i++)
		block->places[block->columns[i]] = (int)i + 1;
	for (size_t row = block->first_row; row; row = blocks->next_row[row])
		add_row(unknowns, block, unknowns->rows[row - 1]);
	bound_all(block, blocks, ROOMS[0]);
	forget_solutions(block);
	glp_scale_prob(block->program, GLP_SF_GM | GLP_SF_EQ | GLP_SF_2N);
}

static void note_solution(struct block *block)
{
	for (size_t i = 0; i < block->count; i++) {
		double value = glp_get_col_prim(block->program, (int)i + 1);
		block->seen[i].least = fmin(block->seen[i].least, value);
		block->seen[i].most = fmax(block->seen[i].most, value);
	}
}

/* ---- what no solution passes ---- */

/* The end on the side that a multiplier looks to; none where it is infinite. */
static bool add_bound(double multiplier, int direction, int type, double least, double most, double *sum, double *size)
{
	bool low = (multiplier > 0) == (direction == GLP_MIN);
	bool open = type == GLP_FR || type == (low ? GLP_UP : GLP_LO);
	if (open)
		return false;
	*sum += multiplier * (low ? least : most);
	*size += fabs(multiplier * (low ? least : most));
	return true;
}

/* Any multipliers of the rows give a number that no solution passes (weak duality): those of the solver give it to the
 * last digits, however roughly it kept within the bounds. A. Neumaier and O. Shcherbina, Safe bounds in linear and
 * mixed-integer linear programming, Mathematical Programming 99 (2004). What would need a bound that is not there is
 * the solver's last digits too, and counts as far as the solution goes. Reads values as the objective's coefficients
 * left by the rows, by column. */
static double safe_end(const struct block *block, int direction)
{
	glp_prob *program = block->program;
	double sum = 0, size = 0;
	int number = 1;
	for (size_t i = 0; i < block->count; i++)
		block->values[i + 1] = glp_get_obj_coef(program, (int)i + 1);
	for (size_t r = block->first_row; r; r = block->blocks->next_row[r], number++) {
		const struct row *row = block->unknowns->rows[r - 1];
		double multiplier = glp_get_row_dual(program, number);
		if (multiplier == 0
		    || !add_bound(multiplier, direction, glp_get_row_type(program, number),
		                  glp_get_row_lb(program, number), glp_get_row_ub(program, number), &sum, &size))
			continue;
		for (size_t i = row->first; i < row->first + row->count; i++) {
			const struct term *term = &block->unknowns->terms[i];
			block->values[block->places[term->column]] -= multiplier * term->factor;
		}
	}
	for (int column = 1; column <= (int)block->count; column++) {
		double left = block->values[column], value = glp_get_col_prim(program, column);
		if (left == 0
		    || add_bound(left, direction, glp_get_col_type(program, column), glp_get_col_lb(program, column),
		                 glp_get_col_ub(program, column), &sum, &size))
			continue;
		sum += left * value - (direction == GLP_MIN ? 1 : -1) * fabs(left) * (1 + fabs(value));
	}
	return direction == GLP_MIN ? sum - 1e-14 * size : sum + 1e-14 * size;
}

/* ---- one end ---- */

static bool run_simplex(struct block *block, int method)
{
	glp_smcp settings;
	glp_init_smcp(&settings);
	settings.msg_lev = GLP_MSG_OFF;
	settings.meth = method;
	settings.tol_bnd = settings.tol_dj = 1e-9;
	settings.it_lim = ITERATIONS;
	return glp_simplex(block->program, &settings) == 0
	       && (glp_get_status(block->program) == GLP_OPT || glp_get_status(block->program) == GLP_UNBND);
}

/* From wherever the last solution stands; where that leads nowhere, anew, then with more room; at last in exact
 * arithmetic, where the program is so small that this ends. */
static bool solve_program(struct block *block)
{
	if (run_simplex(block, GLP_PRIMAL))
		return true;
	glp_adv_basis(block->program, 0);
	if (run_simplex(block, GLP_DUALP))
		return true;
	glp_std_basis(block->program);
	if (run_simplex(block, GLP_PRIMAL))
		return true;
	for (size_t i = 1; i < COUNT(ROOMS); i++) {
		bound_all(block, block->blocks, ROOMS[i]);
		glp_std_basis(block->program);
		if (run_simplex(block, GLP_PRIMAL))
			return true;
	}
	if (block->count > EXACT_COLUMNS)
		return false;
	glp_smcp settings;
	glp_init_smcp(&settings);
	settings.msg_lev = GLP_MSG_OFF;
	settings.it_lim = ITERATIONS;
	glp_std_basis(block->program);
	return glp_exact(block->program, &settings) == 0;
}

/* The end of one column in one direction: only the objective changes. */
static bool find_end(struct block *block, size_t index, int direction, double *end, struct error *err)
{
	glp_set_obj_dir(block->program, direction);
	glp_set_obj_coef(block->program, (int)index + 1, 1);
	bool solved = solve_program(block);
	int status = glp_get_status(block->program);
	if (solved && status == GLP_OPT) {
		double value = glp_get_obj_val(block->program), safe = safe_end(block, direction);
		*end = direction == GLP_MIN ? fmin(value, safe) : fmax(value, safe);
	}
	glp_set_obj_coef(block->program, (int)index + 1, 0);
	if (solved && status == GLP_UNBND) {
		*end = direction == GLP_MIN ? -INFINITY : INFINITY;
		return true;
	}
	if (status == GLP_NOFEAS)
		return program_impossible(err);
	if (!solved || status != GLP_OPT)
		return error_set(err, ERROR_FAULT, "a linear program of the audit was not solved (GLPK says %d)",
		                 status);
	note_solution(block);
	return true;
}

/* A bound that some solution has reached already needs no program of its own. */
static bool find_ends(const struct unknowns *unknowns, struct block *block, size_t index, struct error *err)
{
	const struct column *column = unknowns_at(unknowns, block->columns[index]);
	struct interval_ends *found = &block->found[index];
	*found = (struct interval_ends){ column->least, column->most };
	return (block->seen[index].least <= column->least + REACHED
	        || find_end(block, index, GLP_MIN, &found->least, err))
	       && (block->seen[index].most >= column->most - REACHED
	           || find_end(block, index, GLP_MAX, &found->most, err));
}

static bool solve(struct unknowns *unknowns, struct block *block, const struct blocks *blocks, struct error *err)
{
	build(unknowns, block, blocks);
	for (size_t i = 0; i < block->count; i++)
		if (blocks->asked[block->columns[i]] && !find_ends(unknowns, block, i, err))
			return false;
	for (size_t i = 0; i < block->count; i++)
		if (blocks->asked[block->columns[i]])
			unknowns_narrow(unknowns, block->columns[i], block->found[i].least, block->found[i].most);
	return !unknowns->contradiction || program_impossible(err);
}

/* ---- one block, one column of which is known besides ---- */

struct inquiry {
	const struct program_inquiry *asked;
	struct interval_ends *before; /* the bounds of all columns */
	bool *solved;                 /* of the block: its ends are found */
};

/* The place of the column that it follows in the block, from 1; 0: it is of another. */
static size_t place_of(const struct unknowns *unknowns, const struct block *block, const struct blocks *blocks,
                       size_t id, double *sign, double *offset)
{
	size_t leader = unknowns_leader(unknowns, id, sign, offset);
	return blocks->roots[leader] == block->columns[0] ? (size_t)block->places[leader] : 0;
}

/* Of a column: its own ends, from those of what it follows, whole numbers inwards. */
static struct interval_ends ends_of(const struct column *column, struct interval_ends ends, double sign, double offset)
{
	double low = sign * ends.least + offset, high = sign * ends.most + offset;
	struct interval_ends own = { fmin(low, high), fmax(low, high) };
	if (column->whole)
		own = (struct interval_ends){ ceil(own.least - UNKNOWNS_NEAR), floor(own.most + UNKNOWNS_NEAR) };
	return own;
}

/* As many wanted columns as can be moved at once are moved up, then down: what that shows of them is often enough. */
static bool look_around(const struct unknowns *unknowns, struct block *block, const struct blocks *blocks,
                        const struct inquiry *inquiry, struct error *err)
{
	double sign, offset, end;
	size_t first = 0;
	for (size_t w = 0; w < inquiry->asked->wanted_count; w++) {
		size_t place = place_of(unknowns, block, blocks, inquiry->asked->wanted[w], &sign, &offset);
		const struct column *column = place ? unknowns_at(unknowns, block->columns[place - 1]) : NULL;
		if (!column || isinf(column->least) || isinf(column->most))
			continue;
		glp_set_obj_coef(block->program, (int)place, 1);
		first = place;
	}
	bool ok = !first
	          || (find_end(block, first - 1, GLP_MAX, &end, err)
	              && (glp_set_obj_coef(block->program, (int)first, 1), true)
	              && find_end(block, first - 1, GLP_MIN, &end, err));
	for (size_t i = 0; i < block->count; i++)
		glp_set_obj_coef(block->program, (int)i + 1, 0);
	return ok;
}

static bool ask(struct unknowns *unknowns, struct block *block, const struct blocks *blocks,
                const struct inquiry *inquiry, size_t supposition, struct error *err)
{
	const struct program_inquiry *asked = inquiry->asked;
	for (size_t w = 0; w < asked->wanted_count; w++) {
		double sign, offset;
		const struct column *column = unknowns_at(unknowns, asked->wanted[w]);
		size_t place = place_of(unknowns, block, blocks, asked->wanted[w], &sign, &offset);
		if (!place)
			continue;
		struct interval_ends *found = &block->found[place - 1];
		struct interval_ends own =
			ends_of(column, inquiry->solved[place - 1] ? *found : block->seen[place - 1], sign, offset);
		if (asked->suffices(asked->context, supposition, w, own.least, own.most, false))
			continue;
		if (!inquiry->solved[place - 1] && !find_ends(unknowns, block, place - 1, err))
			return false;
		inquiry->solved[place - 1] = true;
		own = ends_of(column, *found, sign, offset);
		asked->suffices(asked->context, supposition, w, own.least, own.most, true);
	}
	return true;
}

static bool suppose(struct unknowns *unknowns, struct block *block, const struct blocks *blocks,
                    const struct inquiry *inquiry, size_t supposition, struct error *err)
{
	for (size_t id = 1; id <= unknowns->column_count; id++)
		inquiry->before[id - 1] =
			(struct interval_ends){ unknowns_at(unknowns, id)->least, unknowns_at(unknowns, id)->most };
	inquiry->asked->suppose(inquiry->asked->context, supposition);
	bound_all(block, blocks, ROOMS[0]);
	forget_solutions(block);
	memset(inquiry->solved, 0, block->count * sizeof *inquiry->solved);
	bool ok = (!unknowns->contradiction || program_impossible(err))
	          && look_around(unknowns, block, blocks, inquiry, err)
	          && ask(unknowns, block, blocks, inquiry, supposition, err);
	for (size_t id = 1; id <= unknowns->column_count; id++) {
		unknowns_at(unknowns, id)->least = inquiry->before[id - 1].least;
		unknowns_at(unknowns, id)->most = inquiry->before[id - 1].most;
	}
	return ok;
}

static bool touches(const struct unknowns *unknowns, const struct block *block, const struct blocks *blocks,
                    const struct program_inquiry *asked, size_t supposition)
{
	double sign, offset;
	for (size_t i = asked->first[supposition]; i < asked->first[supposition + 1]; i++)
		if (blocks->roots[unknowns_leader(unknowns, asked->known[i], &sign, &offset)] == block->columns[0])
			return true;
	return false;
}

/* The program of the block is built once. */
static bool inquire(struct unknowns *unknowns, struct block *block, const struct blocks *blocks,
                    const struct inquiry *inquiry, struct error *err)
{
	bool ok = true, built = false;
	for (size_t i = 0; ok && i < inquiry->asked->suppositions; i++) {
		if (!touches(unknowns, block, blocks, inquiry->asked, i))
			continue;
		if (!built)
			build(unknowns, block, blocks);
		built = true;
		ok = suppose(unknowns, block, blocks, inquiry, i, err);
	}
	return ok;
}

/* ---- all blocks ---- */

static void leave(void *info)
{
	longjmp(*(jmp_buf *)info, 1);
}

bool program_guard(bool (*run)(void *context, struct error *err), void *context, struct error *err)
{
	jmp_buf back;
	if (setjmp(back)) {
		glp_error_hook(NULL, NULL);
		glp_free_env();
		return error_set(err, ERROR_FAULT, "a linear program of the audit was given up by GLPK");
	}
	glp_term_out(GLP_OFF);
	glp_error_hook(leave, &back);
	bool ok = run(context, err);
	glp_error_hook(NULL, NULL);
	glp_free_env();
	return ok;
}

struct solving {
	struct unknowns *unknowns;
	struct block *block;
	const struct blocks *blocks;
	const struct inquiry *inquiry; /* NULL: the block itself is solved */
};

static bool solve_block(void *context, struct error *err)
{
	const struct solving *it = context;
	return it->inquiry ? inquire(it->unknowns, it->block, it->blocks, it->inquiry, err)
	                   : solve(it->unknowns, it->block, it->blocks, err);
}

static bool solve_blocks(struct unknowns *unknowns, const struct inquiry *inquiry, struct error *err)
{
	size_t count = unknowns->column_count;
	struct blocks blocks = blocks_find(unknowns);
	struct block block = { .columns = mem_alloc(count, sizeof *block.columns),
		               .seen = mem_alloc(count, sizeof *block.seen),
		               .found = mem_alloc(count, sizeof *block.found),
		               .places = mem_alloc(count + 1, sizeof *block.places),
		               .indices = mem_alloc(count + 1, sizeof *block.indices),
		               .values = mem_alloc(count + 1, sizeof *block.values) };
	bool ok = true;
	for (size_t root = 1; root <= count && ok; root++) {
		if (blocks.roots[root] != root || (!inquiry && !blocks.first_row[root]))
			continue;
		block.count = 0;
		for (size_t id = root; id; id = blocks.next_column[id])
			block.columns[block.count++] = id;
		ok = program_guard(solve_block, &(struct solving){ unknowns, &block, &blocks, inquiry }, err);
	}
	free(block.values);
	free(block.indices);
	free(block.places);
	free(block.found);
	free(block.seen);
	free(block.columns);
	blocks_free(&blocks);
	return ok;
}

bool program_solve(struct unknowns *unknowns, struct error *err)
{
	return solve_blocks(unknowns, NULL, err);
}

bool program_inquire(struct unknowns *unknowns, const struct program_inquiry *inquiry, struct error *err)
{
	size_t count = unknowns->column_count;
	struct interval_ends *before = mem_alloc(count, sizeof *before);
	bool *solved = mem_alloc(count, sizeof *solved);
	bool ok = solve_blocks(unknowns, &(struct inquiry){ inquiry, before, solved }, err);
	free(solved);
	free(before);
	return ok;
}
