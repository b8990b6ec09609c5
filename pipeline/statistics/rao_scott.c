#include "rao_scott.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "gsl.h"
#include "mem.h"

/* --- the weighted shares of the cells, and what moves them --- */

struct cells {
	const size_t *cell; /* of each unit; SIZE_MAX: weightless, and in none */
	size_t count;
};

/* The shares, then the whole, which is 1. */
static enum refusal take_shares(const void *with, const double *weight, size_t n, long double *shares)
{
	const struct cells *cells = with;
	long double sum = 0;
	for (size_t c = 0; c <= cells->count; c++)
		shares[c] = 0;
	for (size_t i = 0; i < n; i++) {
		sum += weight[i];
		if (cells->cell[i] != SIZE_MAX)
			shares[cells->cell[i]] += weight[i];
	}
	if (!(sum > 0))
		return REFUSAL_WEIGHTS_ZERO;
	for (size_t c = 0; c < cells->count; c++)
		shares[c] /= sum;
	shares[cells->count] = 1;
	return REFUSAL_NONE;
}

/* Of totals, which move by the units of their cell alone, and the whole, by everybody; a share moves by these less its
 * part of the whole. */
static void move_totals(const void *with, const double *weight, size_t n, const long double *shares, size_t *number,
                        long double *z)
{
	const struct cells *cells = with;
	long double sum = 0;
	(void)shares;
	for (size_t i = 0; i < n; i++)
		sum += weight[i];
	for (size_t i = 0; i < n; i++) {
		number[2 * i] = cells->cell[i] != SIZE_MAX ? cells->cell[i] : 0;
		number[2 * i + 1] = cells->count;
		z[2 * i] = cells->cell[i] != SIZE_MAX ? weight[i] / sum : 0;
		z[2 * i + 1] = weight[i] / sum;
	}
}

/* The covariance of the shares from that of the totals and the whole. Replicates give the shares' own, and none of a
 * whole that is always 1. */
static void take_whole(gsl_matrix *v, const double *totals, const double *shares, size_t count)
{
	const double *whole = totals + count * (count + 1);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			gsl_matrix_set(v, i, j,
			               totals[i * (count + 1) + j] - shares[i] * whole[j] - shares[j] * whole[i]
			                       + shares[i] * shares[j] * whole[count]);
}

static enum refusal shares_of(double *shares, gsl_matrix *v, const struct survey_design *design,
                              const struct cells *cells, const size_t *member, size_t n)
{
	size_t all = cells->count + 1;
	const struct survey_statistic statistic = {
		.count = all, .with = cells, .values = take_shares, .reach = 2, .influence = move_totals
	};
	double *totals = mem_alloc(all * all, sizeof *totals);
	enum refusal refusal = survey_covariance(shares, totals, design, &statistic, member, n);
	if (!refusal)
		take_whole(v, totals, shares, cells->count);
	free(totals);
	return refusal;
}

/* --- which rows and columns hold anybody --- */

/* Numbers the positions in use anew; returns how many there are. */
static size_t close_up(size_t *place, const size_t *position, size_t positions, const struct survey_design *design,
                       const size_t *member, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < positions; i++)
		place[i] = SIZE_MAX;
	for (size_t i = 0; i < n; i++)
		if (!design->weight || design->weight[member[i]] > 0)
			place[position[i]] = 0;
	for (size_t i = 0; i < positions; i++)
		if (place[i] != SIZE_MAX)
			place[i] = count++;
	return count;
}

/* --- the statistic --- */

struct table {
	const double *shares;
	double *rows, *columns; /* their shares */
	size_t row_count, column_count;
};

/* Helmert's: the j-th of the m - 1 contrasts orthogonal to each other and to 1, at position i. */
static double helmert(size_t i, size_t j)
{
	double k = (double)j + 1;
	return i > j + 1 ? 0 : (i == j + 1 ? -k : 1) / sqrt(k * (k + 1));
}

/* D^-1 C. */
static gsl_matrix *contrasts_of(const struct table *table)
{
	size_t r = table->row_count, c = table->column_count;
	gsl_matrix *contrasts = gsl_matrix_calloc(r * c, (r - 1) * (c - 1));
	for (size_t i = 0; i < r * c; i++)
		for (size_t j = 0; table->shares[i] > 0 && j < (r - 1) * (c - 1); j++)
			gsl_matrix_set(contrasts, i, j,
			               helmert(i / c, j / (c - 1)) * helmert(i % c, j % (c - 1)) / table->shares[i]);
	return contrasts;
}

/* C' D^-1 C: the contrasts' covariance but for the design. */
static gsl_matrix *simple_of(const gsl_matrix *contrasts, const double *shares)
{
	gsl_matrix *scaled = gsl_matrix_alloc(contrasts->size1, contrasts->size2);
	gsl_matrix *simple = gsl_matrix_alloc(contrasts->size2, contrasts->size2);
	gsl_matrix_memcpy(scaled, contrasts);
	for (size_t i = 0; i < contrasts->size1; i++) {
		gsl_vector_view row = gsl_matrix_row(scaled, i);
		gsl_vector_scale(&row.vector, shares[i]);
	}
	gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1, contrasts, scaled, 0, simple);
	gsl_matrix_free(scaled);
	return simple;
}

/* tr(Delta)/n and tr(Delta^2)/n^2: Delta is similar to L^-1 E L^-T where LL' = C' D^-1 C and E = C' D^-1 V D^-1 C. */
static enum refusal take_traces(double *trace, double *squares, const struct table *table, const gsl_matrix *v)
{
	static const double least_condition = 1e-13;
	gsl_checked_handler *before = gsl_checked_begin();
	gsl_matrix *contrasts = contrasts_of(table), *simple = simple_of(contrasts, table->shares);
	gsl_matrix *half = gsl_matrix_alloc(contrasts->size1, contrasts->size2);
	gsl_matrix *delta = gsl_matrix_alloc(contrasts->size2, contrasts->size2);
	gsl_vector *work = gsl_vector_alloc(3 * contrasts->size2);
	double condition = 0;
	bool ok = gsl_linalg_cholesky_decomp1(simple) == 0 && gsl_linalg_cholesky_rcond(simple, &condition, work) == 0
	          && condition > least_condition;
	*trace = *squares = 0;
	if (ok) {
		gsl_blas_dsymm(CblasLeft, CblasLower, 1, v, contrasts, 0, half);
		gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1, contrasts, half, 0, delta);
		gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, simple, delta);
		gsl_blas_dtrsm(CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1, simple, delta);
		for (size_t i = 0; i < delta->size1; i++) {
			gsl_vector_const_view row = gsl_matrix_const_row(delta, i);
			double norm = gsl_blas_dnrm2(&row.vector);
			*trace += gsl_matrix_get(delta, i, i);
			*squares += norm * norm;
		}
	}
	gsl_matrix_free(contrasts);
	gsl_matrix_free(simple);
	gsl_matrix_free(half);
	gsl_matrix_free(delta);
	gsl_vector_free(work);
	ok = gsl_checked_end(before) && ok;
	return ok ? REFUSAL_NONE : REFUSAL_SINGULAR;
}

/* X2/n, and the smallest share expected. */
static double mean_square(double *least, const struct table *table)
{
	long double sum = 0;
	*least = INFINITY;
	for (size_t r = 0; r < table->row_count; r++)
		for (size_t c = 0; c < table->column_count; c++) {
			double expected = table->rows[r] * table->columns[c];
			double off = table->shares[r * table->column_count + c] - expected;
			sum += off * off / expected;
			*least = fmin(*least, expected);
		}
	return (double)sum;
}

static enum refusal take_test(struct rao_scott *test, const struct table *table, const gsl_matrix *v, double weighted)
{
	double least = 0, square = mean_square(&least, table), trace = 0, squares = 0;
	size_t shorter = table->row_count < table->column_count ? table->row_count : table->column_count;
	test->least_expected = weighted * least;
	test->pearson = weighted * square;
	test->v = sqrt(square / (double)(shorter - 1));
	if (test->least_expected < 1)
		return REFUSAL_EXPECTED_BELOW_1;
	enum refusal refusal = take_traces(&trace, &squares, table, v);
	if (refusal)
		return refusal;
	test->deff = weighted * trace / (double)((table->row_count - 1) * (table->column_count - 1));
	if (!(test->deff > 1e-15))
		return REFUSAL_NO_DESIGN_VARIANCE;
	test->statistic = square / trace;
	test->df = trace * trace / squares;
	test->df2 = test->df * test->design_df;
	return gsl_checked_f_tail(&test->p, test->statistic, test->df, test->df2) ? REFUSAL_NONE
	                                                                          : REFUSAL_NOT_COMPUTABLE;
}

static double weighted_units(const struct survey_design *design, const size_t *member, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		count += !design->weight || design->weight[member[i]] > 0;
	return (double)count;
}

static enum refusal test_cells(struct rao_scott *test, const struct survey_design *design, const struct cells *cells,
                               const size_t *member, size_t n)
{
	double *shares = mem_alloc(cells->count + 1, sizeof *shares);
	struct table table = { .shares = shares,
		               .rows = mem_alloc(test->rows, sizeof *table.rows),
		               .columns = mem_alloc(test->columns, sizeof *table.columns),
		               .row_count = test->rows,
		               .column_count = test->columns };
	gsl_matrix *v = gsl_matrix_alloc(cells->count, cells->count);
	enum refusal refusal = shares_of(shares, v, design, cells, member, n);
	for (size_t i = 0; !refusal && i < cells->count; i++) {
		table.rows[i / test->columns] += shares[i];
		table.columns[i % test->columns] += shares[i];
	}
	if (!refusal)
		refusal = take_test(test, &table, v, weighted_units(design, member, n));
	gsl_matrix_free(v);
	free(shares);
	free(table.rows);
	free(table.columns);
	return refusal;
}

enum refusal rao_scott(struct rao_scott *test, const struct survey_design *design, const size_t *row,
                       const size_t *column, size_t rows, size_t columns, const size_t *member, size_t n)
{
	size_t *row_place = mem_alloc(rows, sizeof *row_place),
	       *column_place = mem_alloc(columns, sizeof *column_place), *cell = mem_alloc(n, sizeof *cell);
	*test = (struct rao_scott){ .least_expected = NAN };
	test->rows = close_up(row_place, row, rows, design, member, n);
	test->columns = close_up(column_place, column, columns, design, member, n);
	for (size_t i = 0; i < n; i++)
		cell[i] = row_place[row[i]] == SIZE_MAX || column_place[column[i]] == SIZE_MAX
		                  ? SIZE_MAX
		                  : row_place[row[i]] * test->columns + column_place[column[i]];
	const struct cells cells = { cell, test->rows * test->columns };
	test->design_df = survey_degrees(design, member, n);
	enum refusal refusal = n == 0                                ? REFUSAL_BASE_EMPTY
	                       : test->rows < 2 || test->columns < 2 ? REFUSAL_FEWER_THAN_2_CATEGORIES
	                       : test->design_df < 1                 ? REFUSAL_NO_DESIGN_DF
	                                                             : test_cells(test, design, &cells, member, n);
	free(row_place);
	free(column_place);
	free(cell);
	return refusal;
}
