#include "sums.h"

#include <assert.h>
#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum { ITERATIONS = 200000 };          /* of one simplex run: far beyond any that ends */
static const double NEARLY = 1e-7;     /* of a number's size: the solver's last digits */
static const double LEAST_COST = 0.01; /* of hiding anything: what costs nothing is not hidden for nothing */

struct column {
	double truth, least, most; /* whatever is printed */
	double low, high;          /* printed */
	double cost;
	double seen_low, seen_high; /* some numbers that fit all that readers know have these */
};

struct row {
	size_t first, count;
	double least, most;
};

struct sums {
	struct column *columns;
	struct row *rows;
	struct sums_term *terms;
	size_t column_count, column_capacity, row_count, row_capacity, term_count, term_capacity;
	glp_prob *program; /* NULL until the first question */
};

struct sums *sums_new(void)
{
	return mem_alloc(1, sizeof(struct sums));
}

void sums_free(struct sums *sums)
{
	if (!sums)
		return;
	if (sums->program)
		glp_delete_prob(sums->program);
	free(sums->columns);
	free(sums->rows);
	free(sums->terms);
	free(sums);
}

size_t sums_column(struct sums *sums, double truth, double least, double most)
{
	assert(!sums->program);
	sums->columns = mem_grow(sums->columns, sums->column_count, &sums->column_capacity, sizeof *sums->columns);
	sums->columns[sums->column_count] = (struct column){
		.truth = truth,
		.least = fmin(least, truth),
		.most = fmax(most, truth),
		.low = -INFINITY,
		.high = INFINITY,
		.seen_low = truth,
		.seen_high = truth,
	};
	return sums->column_count++;
}

/* The truth is within every row and range, whatever the last digits of the numbers are. */
void sums_row(struct sums *sums, const struct sums_term *terms, size_t count, double least, double most)
{
	double truth = 0;
	assert(!sums->program);
	sums->rows = mem_grow(sums->rows, sums->row_count, &sums->row_capacity, sizeof *sums->rows);
	for (size_t i = 0; i < count; i++) {
		sums->terms = mem_grow(sums->terms, sums->term_count + i, &sums->term_capacity, sizeof *sums->terms);
		sums->terms[sums->term_count + i] = terms[i];
		truth += terms[i].factor * sums->columns[terms[i].column].truth;
	}
	sums->rows[sums->row_count++] = (struct row){
		.first = sums->term_count, .count = count, .least = fmin(least, truth), .most = fmax(most, truth)
	};
	sums->term_count += count;
}

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

static void set_bounds(glp_prob *program, const struct column *column, size_t number, bool printed)
{
	double least = printed ? fmax(column->least, column->low) : column->least;
	double most = printed ? fmin(column->most, column->high) : column->most;
	glp_set_col_bnds(program, (int)number + 1, bound_type(least, most), finite(least), finite(most));
}

/* Columns are the sums; `printed`: within what is printed of them. */
static glp_prob *state_program(const struct sums *sums, bool printed)
{
	glp_prob *program = glp_create_prob();
	int *index = mem_alloc(sums->column_count + 1, sizeof *index);
	double *value = mem_alloc(sums->column_count + 1, sizeof *value);
	glp_term_out(GLP_OFF);
	if (sums->column_count)
		glp_add_cols(program, (int)sums->column_count);
	for (size_t i = 0; i < sums->column_count; i++)
		set_bounds(program, &sums->columns[i], i, printed);
	for (size_t i = 0; i < sums->row_count; i++) {
		const struct row *row = &sums->rows[i];
		for (size_t j = 0; j < row->count; j++) {
			index[j + 1] = (int)sums->terms[row->first + j].column + 1;
			value[j + 1] = sums->terms[row->first + j].factor;
		}
		int added = glp_add_rows(program, 1);
		glp_set_row_bnds(program, added, bound_type(row->least, row->most), finite(row->least),
		                 finite(row->most));
		glp_set_mat_row(program, added, (int)row->count, index, value);
	}
	free(index);
	free(value);
	return program;
}

void sums_tell(struct sums *sums, size_t number, double low, double high, double cost)
{
	struct column *column = &sums->columns[number];
	low = fmin(low, column->truth);
	high = fmax(high, column->truth);
	bool less = low > column->low || high < column->high; /* fits what was known, may not fit now */
	bool changed = less || low < column->low || high > column->high;
	column->low = low;
	column->high = high;
	column->cost = cost;
	for (size_t i = 0; less && i < sums->column_count; i++)
		sums->columns[i].seen_low = sums->columns[i].seen_high = sums->columns[i].truth;
	if (changed && sums->program)
		set_bounds(sums->program, column, number, true);
}

static bool solve(glp_prob *program)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.meth = GLP_PRIMAL;
	control.tol_bnd = control.tol_dj = 1e-9;
	control.it_lim = ITERATIONS;
	if (glp_simplex(program, &control) == 0)
		return true;
	glp_std_basis(program); /* a basis gone bad */
	return glp_simplex(program, &control) == 0;
}

/* Take the solution as what a reader cannot exclude. */
static void note_solution(struct sums *sums)
{
	for (size_t i = 0; i < sums->column_count; i++) {
		double value = glp_get_col_prim(sums->program, (int)i + 1);
		sums->columns[i].seen_low = fmin(sums->columns[i].seen_low, value);
		sums->columns[i].seen_high = fmax(sums->columns[i].seen_high, value);
	}
}

/* Find how low, or how high, the column can be. An end that the solver does not find counts as known. */
static void find_end(struct sums *sums, size_t number, int direction)
{
	if (!sums->program)
		sums->program = state_program(sums, true);
	glp_set_obj_dir(sums->program, direction);
	glp_set_obj_coef(sums->program, (int)number + 1, 1);
	bool solved = solve(sums->program);
	glp_set_obj_coef(sums->program, (int)number + 1, 0);
	if (solved && glp_get_status(sums->program) == GLP_OPT)
		note_solution(sums);
	else if (solved && glp_get_status(sums->program) == GLP_UNBND && direction == GLP_MIN)
		sums->columns[number].seen_low = -INFINITY;
	else if (solved && glp_get_status(sums->program) == GLP_UNBND)
		sums->columns[number].seen_high = INFINITY;
}

static double slack(double number)
{
	return NEARLY * fmax(1, fabs(number));
}

bool sums_reaches(struct sums *sums, size_t number, double low, double high)
{
	const struct column *column = &sums->columns[number];
	if (column->seen_low > low + slack(low))
		find_end(sums, number, GLP_MIN);
	if (column->seen_low <= low + slack(low) && column->seen_high < high - slack(high))
		find_end(sums, number, GLP_MAX);
	return column->seen_low <= low + slack(low) && column->seen_high >= high - slack(high);
}

bool sums_is_wide(struct sums *sums, size_t number, double width)
{
	const struct column *column = &sums->columns[number];
	if (column->seen_high - column->seen_low < width)
		find_end(sums, number, GLP_MAX);
	if (column->seen_high - column->seen_low < width)
		find_end(sums, number, GLP_MIN);
	return column->seen_high - column->seen_low >= width;
}

/* --- what must not be printed --- */

/* Let every printed column leave what is printed of it, at its cost for each unit by which it does: one more column
 * above and one below. */
static void let_leave(glp_prob *program, const struct sums *sums)
{
	for (size_t i = 0; i < sums->column_count; i++) {
		const struct column *column = &sums->columns[i];
		const double bounds[] = { column->high, column->low };
		for (int side = 0; side < 2; side++) {
			if (isinf(bounds[side]))
				continue;
			int leave = glp_add_cols(program, 1), row = glp_add_rows(program, 1);
			glp_set_col_bnds(program, leave, GLP_LO, 0, 0);
			glp_set_obj_coef(program, leave, column->cost + LEAST_COST);
			glp_set_row_bnds(program, row, side ? GLP_LO : GLP_UP, bounds[side], bounds[side]);
			glp_set_mat_row(program, row, 2, (int[]){ 0, (int)i + 1, leave },
			                (double[]){ 0, 1, side ? 1 : -1 });
		}
	}
}

static bool read_hidden(glp_prob *program, const struct sums *sums, bool *hide, double *price)
{
	int leave = (int)sums->column_count;
	bool any = false;
	*price = 0;
	for (size_t i = 0; i < sums->column_count; i++) {
		const struct column *column = &sums->columns[i];
		double by = 0;
		by += isinf(column->high) ? 0 : glp_get_col_prim(program, ++leave);
		by += isinf(column->low) ? 0 : glp_get_col_prim(program, ++leave);
		hide[i] = by > slack(column->truth) / 10;
		*price += hide[i] ? column->cost + LEAST_COST : 0;
		any = any || hide[i];
	}
	return any;
}

/* One way: the column at `low` or below, or at `high` or above; the other is NaN. */
static bool relieve(struct sums *sums, size_t number, double low, double high, bool *hide, double *price)
{
	const struct column *column = &sums->columns[number];
	if (low < column->least - slack(low) || high > column->most + slack(high))
		return false;
	glp_prob *program = state_program(sums, false);
	let_leave(program, sums);
	double least = isnan(high) ? column->least : fmin(high, column->most);
	double most = isnan(low) ? column->most : fmax(low, column->least);
	glp_set_col_bnds(program, (int)number + 1, bound_type(least, most), finite(least), finite(most));
	glp_set_obj_dir(program, GLP_MIN);
	bool found = solve(program) && glp_get_status(program) == GLP_OPT && read_hidden(program, sums, hide, price);
	glp_delete_prob(program);
	return found;
}

bool sums_relieve(struct sums *sums, size_t number, double low, double high, bool *hide, double *price)
{
	bool *other = mem_alloc(sums->column_count, sizeof *other);
	double other_price = INFINITY;
	bool found = !isnan(low) && relieve(sums, number, low, NAN, hide, price);
	if (!isnan(high) && relieve(sums, number, NAN, high, other, &other_price) && (!found || other_price < *price)) {
		memcpy(hide, other, sums->column_count * sizeof *hide);
		*price = other_price;
		found = true;
	}
	free(other);
	return found;
}

/* More than is asked, where that can be: what is nearly wide enough already lacks less than a solver can tell. */
bool sums_relieve_width(struct sums *sums, size_t number, double width, bool *hide, double *price)
{
	static const double times[] = { 1.5, 1 + 1e-6 };
	const struct column *column = &sums->columns[number];
	bool found = false;
	sums_is_wide(sums, number, INFINITY);
	for (size_t i = 0; i < COUNT(times) && !found; i++)
		found = sums_relieve(sums, number, column->seen_high - width * times[i],
		                     column->seen_low + width * times[i], hide, price);
	return found;
}
