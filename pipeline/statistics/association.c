#include "association.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_rng.h>
#include <uthash.h>

#include "gsl.h"
#include "mem.h"
#include "chi_square.h"
#include "rmath.h"

/* A table without the rows and columns that hold nobody, and with its totals. */
struct table {
	long long *counts, *row, *column, n;
	size_t rows, columns;
};

static void table_free(struct table *table)
{
	free(table->counts);
	free(table->row);
	free(table->column);
}

static enum refusal read_table(struct table *table, const long long *counts, size_t rows, size_t columns)
{
	long long *row = mem_alloc(rows, sizeof *row), *column = mem_alloc(columns, sizeof *column);
	*table = (struct table){ .counts = mem_alloc(rows * columns, sizeof *counts) };
	for (size_t i = 0; i < rows * columns; i++) {
		row[i / columns] += counts[i];
		column[i % columns] += counts[i];
		table->n += counts[i];
	}
	size_t kept = 0;
	for (size_t i = 0; i < rows * columns; i++)
		if (row[i / columns] > 0 && column[i % columns] > 0)
			table->counts[kept++] = counts[i];
	for (size_t i = 0; i < rows; i++)
		if (row[i] > 0)
			row[table->rows++] = row[i];
	for (size_t j = 0; j < columns; j++)
		if (column[j] > 0)
			column[table->columns++] = column[j];
	table->row = row;
	table->column = column;
	return table->n == 0        ? REFUSAL_BASE_EMPTY
	       : table->rows < 2    ? REFUSAL_FEWER_THAN_2_AREAS
	       : table->columns < 2 ? REFUSAL_FEWER_THAN_2_CATEGORIES
	                            : REFUSAL_NONE;
}

/* --- Cramer's V --- */

struct noncentral {
	double statistic, df, tail;
};

static double noncentral_excess(double noncentrality, const void *with)
{
	const struct noncentral *at = with;
	double p = 0;
	return rmath_checked_noncentral_chi_square_tail(&p, at->statistic, at->df, noncentrality) ? p - at->tail : NAN;
}

/* The noncentrality with `tail` above the statistic; 0 where even that has more. */
static bool noncentrality_of(double *noncentrality, struct noncentral at)
{
	*noncentrality = 0;
	if (noncentral_excess(0, &at) >= 0)
		return true;
	double high = at.statistic + 8 * sqrt(at.statistic + at.df) + 16;
	return gsl_checked_root(noncentrality, noncentral_excess, &at, 0, high);
}

enum refusal cramer(struct cramer *effect, const long long *counts, size_t rows, size_t columns, double level)
{
	struct chi_square test = { 0 };
	enum refusal refusal = chi_square(&test, counts, rows, columns);
	if (refusal && refusal != REFUSAL_EXPECTED_BELOW_1)
		return refusal;
	double n = 0, r = (double)test.rows, c = (double)test.columns, least = fmin(r, c) - 1;
	for (size_t i = 0; i < rows * columns; i++)
		n += (double)counts[i];
	double phi2 = fmax(0, test.statistic / n - (r - 1) * (c - 1) / (n - 1));
	double r2 = r - (r - 1) * (r - 1) / (n - 1), c2 = c - (c - 1) * (c - 1) / (n - 1);
	double tail = (1 - level / 100) / 2, low = 0, high = 0;
	if (!noncentrality_of(&low, (struct noncentral){ test.statistic, test.df, tail })
	    || !noncentrality_of(&high, (struct noncentral){ test.statistic, test.df, 1 - tail }))
		return REFUSAL_NOT_COMPUTABLE;
	*effect = (struct cramer){
		.v = sqrt(test.statistic / n / least),
		.corrected = phi2 > 0 ? sqrt(phi2 / (fmin(r2, c2) - 1)) : 0,
		.low = fmin(1, sqrt(low / n / least)),
		.high = fmin(1, sqrt(high / n / least)),
	};
	return REFUSAL_NONE;
}

void adjusted_residuals(double *residuals, const long long *counts, size_t rows, size_t columns)
{
	long long *row = mem_alloc(rows, sizeof *row), *column = mem_alloc(columns, sizeof *column), n = 0;
	for (size_t i = 0; i < rows * columns; i++) {
		row[i / columns] += counts[i];
		column[i % columns] += counts[i];
		n += counts[i];
	}
	for (size_t i = 0; i < rows * columns; i++) {
		double a = (double)row[i / columns], b = (double)column[i % columns], all = (double)n;
		double variance = a * b / all * (1 - a / all) * (1 - b / all);
		residuals[i] = variance > 0 ? ((double)counts[i] - a * b / all) / sqrt(variance) : NAN;
	}
	free(row);
	free(column);
}

/* --- Fisher: what is left of the row totals after some columns, and how probable the way there was --- */

enum { STEPS = 1000000000 };      /* of log probability: ways nearer than one step count as one */
static const double EQUAL = 1e-7; /* tables nearer than this are as probable as each other */

struct way {
	UT_hash_handle hh;
	double paths;     /* how many there are */
	double log_p;     /* of each, without what all tables of these margins share */
	long long left[]; /* of each row, in falling order, as rows may change places; then log_p in steps */
};

struct ways {
	struct way *all;
	size_t rows, work;
	bool too_many;
};

static void ways_free(struct ways *ways)
{
	struct way *way, *next;
	HASH_ITER(hh, ways->all, way, next)
	{
		HASH_DEL(ways->all, way);
		free(way);
	}
}

static int falling(const void *a, const void *b)
{
	long long left = *(const long long *)a, right = *(const long long *)b;
	return left > right ? -1 : left < right;
}

static void add_way(struct ways *ways, const long long *left, double log_p, double paths)
{
	size_t size = (ways->rows + 1) * sizeof *left;
	struct way *found = NULL, *way = mem_alloc(1, sizeof *way + size);
	memcpy(way->left, left, ways->rows * sizeof *left);
	mem_sort(way->left, ways->rows, sizeof *left, falling);
	way->left[ways->rows] = llround(log_p * STEPS);
	HASH_FIND(hh, ways->all, way->left, size, found);
	if (found) {
		found->paths += paths;
		free(way);
		return;
	}
	way->paths = paths;
	way->log_p = log_p;
	HASH_ADD(hh, ways->all, left, (unsigned)size, way);
}

static double log_factorial(long long n)
{
	return lgamma((double)n + 1);
}

/* Share the rest of a column out over the rows from `row` on. */
static void share_out(struct ways *to, const struct way *from, long long *left, size_t row, long long rest,
                      double log_p)
{
	if (to->work == 0 || to->too_many) {
		to->too_many = true;
		return;
	}
	if (row + 1 == to->rows) {
		if (rest > from->left[row])
			return;
		left[row] = from->left[row] - rest;
		to->work--;
		add_way(to, left, log_p - log_factorial(rest), from->paths);
		return;
	}
	long long most = rest < from->left[row] ? rest : from->left[row];
	for (long long x = 0; x <= most && !to->too_many; x++) {
		left[row] = from->left[row] - x;
		share_out(to, from, left, row + 1, rest - x, log_p - log_factorial(x));
	}
}

static double log_probability(const struct table *table)
{
	double sum = 0;
	for (size_t i = 0; i < table->rows * table->columns; i++)
		sum -= log_factorial(table->counts[i]);
	return sum;
}

static bool fisher_exact(double *p, const struct table *table, size_t work)
{
	struct ways now = { .rows = table->rows };
	long long *left = mem_alloc(table->rows, sizeof *left);
	add_way(&now, table->row, 0, 1);
	bool too_many = false;
	for (size_t j = 0; j < table->columns && !too_many; j++) {
		struct ways next = { .rows = table->rows, .work = work };
		for (const struct way *way = now.all; way && !next.too_many; way = way->hh.next)
			share_out(&next, way, left, 0, table->column[j], way->log_p);
		work = next.work;
		too_many = next.too_many;
		ways_free(&now);
		now = next;
	}
	double seen = log_probability(table);
	long double all = 0, rare = 0;
	for (const struct way *way = now.all; way && !too_many; way = way->hh.next) {
		long double weight = (long double)way->paths * expl(way->log_p - seen);
		all += weight;
		if (way->log_p <= seen + EQUAL)
			rare += weight;
	}
	ways_free(&now);
	free(left);
	*p = too_many ? NAN : (double)fminl(1, rare / all);
	return !too_many;
}

/* How probable a table of 2 x 2 is against the most probable one of its margins, for each count of its first cell: from
 * there on both sides each from its neighbour, by the hypergeometric distribution's ratio. */
static void weigh_tables(double *weights, long long least, long long most, long long row, long long column, long long n)
{
	long long mode = (long long)((long double)(row + 1) * (long double)(column + 1) / (long double)(n + 2));
	mode = mode < least ? least : mode > most ? most : mode;
	weights[mode - least] = 1;
	for (long long x = mode; x < most; x++)
		weights[x + 1 - least] = weights[x - least] * ((double)(row - x) / (double)(x + 1))
		                         * ((double)(column - x) / (double)(n - row - column + x + 1));
	for (long long x = mode; x > least; x--)
		weights[x - 1 - least] = weights[x - least] * ((double)x / (double)(row - x + 1))
		                         * ((double)(n - row - column + x) / (double)(column - x + 1));
}

static double fisher_of_four(const struct table *table)
{
	long long row = table->row[0], column = table->column[0], n = table->n;
	long long least = row + column > n ? row + column - n : 0, most = row < column ? row : column;
	size_t tables = (size_t)(most - least) + 1;
	double *weights = mem_alloc(tables, sizeof *weights), all = 0, rare = 0;
	weigh_tables(weights, least, most, row, column, n);
	double seen = weights[table->counts[0] - least] * (1 + EQUAL);
	for (size_t i = 0; i < tables; i++) {
		all += weights[i];
		if (weights[i] <= seen)
			rare += weights[i];
	}
	free(weights);
	return fmin(1, rare / all);
}

/* Numbers that a random table is drawn with: log n! up to the whole table's n. */
static double *log_factorials(long long n)
{
	double *list = mem_alloc((size_t)n + 1, sizeof *list);
	for (long long i = 0; i <= n; i++)
		list[i] = log_factorial(i);
	return list;
}

/* How many of `row` people fall among `column` of `all`, by chance: from the most probable count outwards on both
 * sides, each from its neighbour. */
static long long draw_count(gsl_rng *rng, const double *log_of, long long row, long long column, long long all)
{
	long long least = row + column > all ? row + column - all : 0, most = row < column ? row : column;
	long long mode = (long long)((double)(row + 1) * (double)(column + 1) / (double)(all + 2));
	mode = mode < least ? least : mode > most ? most : mode;
	long long up = mode, down = mode;
	double above =
		exp(log_of[column] - log_of[mode] - log_of[column - mode] + log_of[all - column] - log_of[row - mode]
	            - log_of[all - column - row + mode] - log_of[all] + log_of[row] + log_of[all - row]);
	double below = above, left = gsl_rng_uniform(rng) - above;
	while (left >= 0 && (up < most || down > least)) {
		if (up < most) {
			above *= (double)(row - up) / (double)(up + 1)
			         * ((double)(column - up) / (double)(all - row - column + up + 1));
			left -= above;
			if (left < 0)
				return up + 1;
			up++;
		}
		if (down > least) {
			below *= (double)down / (double)(row - down + 1)
			         * ((double)(all - row - column + down) / (double)(column - down + 1));
			left -= below;
			if (left < 0)
				return down - 1;
			down--;
		}
	}
	return mode; /* also where rounding leaves nothing to fall into */
}

/* The logarithm of how probable a random table with these margins is, cell by cell given those before (Patefield 1981),
 * without what all of them share. `left` has room for the columns. */
static double draw_table(gsl_rng *rng, const struct table *table, const double *log_of, long long *left)
{
	long long all = table->n;
	double sum = 0;
	memcpy(left, table->column, table->columns * sizeof *left);
	for (size_t i = 0; i < table->rows; i++) {
		long long row = table->row[i], rest = all;
		for (size_t j = 0; j < table->columns; j++) {
			bool given = i + 1 == table->rows || j + 1 == table->columns;
			long long x = i + 1 == table->rows ? left[j]
			              : given              ? row
			                                   : draw_count(rng, log_of, row, left[j], rest);
			rest -= left[j];
			left[j] -= x;
			row -= x;
			sum -= log_of[x];
		}
		all -= table->row[i];
	}
	return sum;
}

static bool fisher_drawn(struct fisher *test, const struct table *table, struct fisher_effort effort)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double *log_of = log_factorials(table->n), seen = log_probability(table) + EQUAL;
	long long *left = mem_alloc(table->columns, sizeof *left), rare = 0;
	gsl_rng_set(rng, (unsigned long)effort.seed);
	for (long long d = 0; d < effort.drawn; d++)
		rare += draw_table(rng, table, log_of, left) <= seen;
	gsl_rng_free(rng);
	free(log_of);
	free(left);
	test->drawn = effort.drawn;
	double x = (double)rare, all = (double)effort.drawn, tail = 0.005;
	test->p = (x + 1) / (all + 1);
	test->low = 0;
	test->high = 1;
	return (rare == 0 || rmath_checked_beta_above(&test->low, 1 - tail, x, all - x + 1))
	       && (rare == effort.drawn || rmath_checked_beta_above(&test->high, tail, x + 1, all - x));
}

static void turn_round(struct table *table)
{
	long long *counts = mem_alloc(table->rows * table->columns, sizeof *counts), *row = table->row;
	size_t rows = table->rows;
	for (size_t i = 0; i < table->rows; i++)
		for (size_t j = 0; j < table->columns; j++)
			counts[j * table->rows + i] = table->counts[i * table->columns + j];
	free(table->counts);
	table->counts = counts;
	table->row = table->column;
	table->column = row;
	table->rows = table->columns;
	table->columns = rows;
}

enum refusal fisher(struct fisher *test, const long long *counts, size_t rows, size_t columns,
                    struct fisher_effort effort)
{
	enum { WORK = 200000, DRAWN = 20000 };
	struct table table = { 0 };
	enum refusal refusal = read_table(&table, counts, rows, columns);
	if (table.rows > table.columns) /* fewer totals to keep */
		turn_round(&table);
	*test = (struct fisher){ 0 };
	if (!refusal && table.rows == 2 && table.columns == 2) {
		test->p = fisher_of_four(&table);
		test->exact = true;
	} else if (!refusal) {
		test->exact = fisher_exact(&test->p, &table, effort.work ? effort.work : WORK);
	}
	effort.drawn = effort.drawn ? effort.drawn : DRAWN;
	if (!refusal && !test->exact && !fisher_drawn(test, &table, effort))
		refusal = REFUSAL_NOT_COMPUTABLE;
	if (test->exact)
		test->low = test->high = test->p;
	table_free(&table);
	return refusal;
}
