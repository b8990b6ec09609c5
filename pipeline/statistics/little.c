#include "little.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "gsl.h"
#include "mem.h"

enum { MOST_STEPS = 20000 };
static const double still = 1e-13;        /* no mean or covariance moves by more, in standard deviations */
static const double least_pivot = 1e-9;   /* of a Cholesky factor, squared: what is left of a variance of 1 */
static const double least_spread = 1e-14; /* a variance below this share of the squared mean is rounding */

/* People who answered the same variables. Matrices are of all variables; what the pattern lacks stays 0. */
struct pattern {
	bool *has;
	size_t n, size;        /* people, variables */
	double *mean, *square; /* of the standardised values; sums of products about the mean */
};

struct fit {
	size_t k, n, pattern_count, pattern_capacity;
	size_t *column; /* of the values, for each variable that somebody answered */
	double *centre, *spread;
	struct pattern *patterns;
	double *mean, *covariance;        /* the estimates */
	double *sum, *products;           /* of a step */
	double *inverse, *slope, *filled; /* of a pattern */
};

static void fit_release(struct fit *fit)
{
	for (size_t j = 0; j < fit->pattern_count; j++) {
		free(fit->patterns[j].has);
		free(fit->patterns[j].mean);
		free(fit->patterns[j].square);
	}
	free(fit->patterns);
	free(fit->column);
	free(fit->centre);
	free(fit->spread);
	free(fit->mean);
	free(fit->covariance);
	free(fit->sum);
	free(fit->products);
	free(fit->inverse);
	free(fit->slope);
	free(fit->filled);
}

/* --- the data: standardised, by pattern --- */

/* Mean and standard deviation (divisor n) of what is there, in two passes over values shifted by the first. Returns how
 * many there are. */
static size_t describe(double *centre, double *spread, const double *values, size_t rows, size_t variables,
                       size_t column)
{
	long double sum = 0, squares = 0;
	double first = NAN;
	size_t n = 0;
	for (size_t i = 0; i < rows; i++) {
		double value = values[i * variables + column];
		if (isnan(value))
			continue;
		first = n == 0 ? value : first;
		sum += (long double)value - first;
		n++;
	}
	long double mean = n ? sum / n : 0;
	for (size_t i = 0; i < rows; i++) {
		double value = values[i * variables + column];
		if (!isnan(value))
			squares += ((long double)value - first - mean) * ((long double)value - first - mean);
	}
	*centre = (double)(first + mean);
	*spread = n ? (double)sqrtl(squares / n) : 0;
	return n;
}

static enum refusal find_variables(struct fit *fit, const double *values, size_t rows, size_t variables)
{
	fit->column = mem_alloc(variables, sizeof *fit->column);
	fit->centre = mem_alloc(variables, sizeof *fit->centre);
	fit->spread = mem_alloc(variables, sizeof *fit->spread);
	bool flat = false;
	for (size_t v = 0; v < variables; v++) {
		size_t at = fit->k;
		if (describe(&fit->centre[at], &fit->spread[at], values, rows, variables, v) == 0)
			continue;
		fit->column[fit->k++] = v;
		double spread = fit->spread[at] * fit->spread[at];
		flat = flat || !(spread > least_spread * fit->centre[at] * fit->centre[at]);
	}
	return fit->k < 2 ? REFUSAL_FEWER_THAN_2_VARIABLES : flat ? REFUSAL_ZERO_VARIANCE : REFUSAL_NONE;
}

/* The pattern of a row, new or there already; NULL where nothing is answered. */
static struct pattern *pattern_of(struct fit *fit, const double *row)
{
	size_t size = 0;
	bool *has = mem_alloc(fit->k, sizeof *has);
	for (size_t v = 0; v < fit->k; v++) {
		has[v] = !isnan(row[fit->column[v]]);
		size += has[v];
	}
	struct pattern *found = NULL;
	for (size_t j = 0; j < fit->pattern_count && !found; j++)
		if (memcmp(fit->patterns[j].has, has, fit->k * sizeof *has) == 0)
			found = &fit->patterns[j];
	if (found || size == 0) {
		free(has);
		return found;
	}
	fit->patterns = mem_grow(fit->patterns, fit->pattern_count, &fit->pattern_capacity, sizeof *fit->patterns);
	found = &fit->patterns[fit->pattern_count++];
	*found = (struct pattern){ .has = has, .size = size };
	found->mean = mem_alloc(fit->k, sizeof *found->mean);
	found->square = mem_alloc(fit->k * fit->k, sizeof *found->square);
	return found;
}

/* Means and products grow with each row (Welford 1962). */
static void add_row(const struct fit *fit, struct pattern *pattern, const double *row, double *before)
{
	pattern->n++;
	for (size_t v = 0; v < fit->k; v++) {
		if (!pattern->has[v])
			continue;
		double value = (row[fit->column[v]] - fit->centre[v]) / fit->spread[v];
		before[v] = value - pattern->mean[v];
		pattern->mean[v] += before[v] / (double)pattern->n;
		for (size_t u = 0; u <= v; u++)
			if (pattern->has[u]) {
				double product = before[u] * (value - pattern->mean[v]);
				pattern->square[v * fit->k + u] += product;
				if (u != v)
					pattern->square[u * fit->k + v] += product;
			}
	}
}

static enum refusal find_patterns(struct fit *fit, const double *values, size_t rows, size_t variables)
{
	double *before = mem_alloc(fit->k, sizeof *before);
	for (size_t i = 0; i < rows; i++) {
		const double *row = values + i * variables;
		struct pattern *pattern = pattern_of(fit, row);
		if (!pattern)
			continue;
		add_row(fit, pattern, row, before);
		fit->n++;
	}
	free(before);
	size_t df = 0;
	for (size_t j = 0; j < fit->pattern_count; j++)
		df += fit->patterns[j].size;
	if (df <= fit->k)
		return REFUSAL_FEWER_THAN_2_PATTERNS;
	for (size_t v = 0; v < fit->k; v++)
		for (size_t u = 0; u < v; u++) {
			size_t both = 0;
			for (size_t j = 0; j < fit->pattern_count; j++)
				both += fit->patterns[j].has[u] && fit->patterns[j].has[v] ? fit->patterns[j].n : 0;
			if (both < 2)
				return REFUSAL_N_BELOW_2;
		}
	return REFUSAL_NONE;
}

/* --- EM --- */

/* The inverse of the covariances of the pattern's variables, packed into fit->inverse; false where there is none. */
static bool invert(struct fit *fit, const struct pattern *pattern)
{
	size_t size = pattern->size, row = 0;
	for (size_t v = 0; v < fit->k; v++) {
		size_t column = 0;
		if (!pattern->has[v])
			continue;
		for (size_t u = 0; u < fit->k; u++)
			if (pattern->has[u])
				fit->inverse[row * size + column++] = fit->covariance[v * fit->k + u];
		row++;
	}
	gsl_matrix_view matrix = gsl_matrix_view_array(fit->inverse, size, size);
	gsl_checked_handler *before = gsl_checked_begin();
	bool ok = gsl_linalg_cholesky_decomp1(&matrix.matrix) == 0;
	for (size_t i = 0; i < size && ok; i++)
		ok = fit->inverse[i * size + i] * fit->inverse[i * size + i] > least_pivot;
	ok = ok && gsl_linalg_cholesky_invert(&matrix.matrix) == 0;
	return gsl_checked_end(before) && ok;
}

/* Of the regression of every variable on those of the pattern, into fit->slope: row v has the slopes of v. Of a
 * variable of the pattern it is 1 on itself. */
static void regress(struct fit *fit, const struct pattern *pattern)
{
	size_t k = fit->k, size = pattern->size;
	for (size_t v = 0; v < k; v++) {
		for (size_t to = 0; to < size; to++) {
			double slope = 0;
			for (size_t u = 0, from = 0; u < k; u++)
				if (pattern->has[u])
					slope += fit->covariance[v * k + u] * fit->inverse[from++ * size + to];
			fit->slope[v * size + to] = slope;
		}
		if (!pattern->has[v])
			continue;
		for (size_t u = 0, to = 0; u < k; u++)
			if (pattern->has[u])
				fit->slope[v * size + to++] = u == v;
	}
}

/* Adds what a pattern's people are expected to sum up to, about the mean of the step before. */
static void expect(struct fit *fit, const struct pattern *pattern)
{
	size_t k = fit->k, size = pattern->size;
	double n = (double)pattern->n, *about = fit->filled; /* about: products about the mean of the step before */
	for (size_t v = 0, row = 0; v < k; v++) {
		size_t column = 0;
		if (!pattern->has[v])
			continue;
		for (size_t u = 0; u < k; u++)
			if (pattern->has[u])
				about[row * size + column++] =
					pattern->square[v * k + u]
					+ n * (pattern->mean[v] - fit->mean[v]) * (pattern->mean[u] - fit->mean[u]);
		row++;
	}
	for (size_t v = 0; v < k; v++) {
		const double *slope = fit->slope + v * size;
		for (size_t u = 0, to = 0; u < k; u++)
			if (pattern->has[u])
				fit->sum[v] += n * slope[to++] * (pattern->mean[u] - fit->mean[u]);
		for (size_t w = 0; w < k; w++) {
			const double *other = fit->slope + w * size;
			double product = 0, left = 0;
			for (size_t a = 0; a < size; a++)
				for (size_t b = 0; b < size; b++)
					product += slope[a] * about[a * size + b] * other[b];
			if (!pattern->has[v] && !pattern->has[w]) {
				left = fit->covariance[v * k + w];
				for (size_t u = 0, to = 0; u < k; u++)
					if (pattern->has[u])
						left -= slope[to++] * fit->covariance[w * k + u];
			}
			fit->products[v * k + w] += product + n * left;
		}
	}
}

/* One step; by how much the farthest estimate moved, or -1 where a covariance has no inverse. */
static double step(struct fit *fit)
{
	size_t k = fit->k;
	double n = (double)fit->n, moved = 0;
	memset(fit->sum, 0, k * sizeof *fit->sum);
	memset(fit->products, 0, k * k * sizeof *fit->products);
	for (size_t j = 0; j < fit->pattern_count; j++) {
		if (!invert(fit, &fit->patterns[j]))
			return -1;
		regress(fit, &fit->patterns[j]);
		expect(fit, &fit->patterns[j]);
	}
	for (size_t v = 0; v < k; v++)
		for (size_t u = 0; u < k; u++) {
			double now = fit->products[v * k + u] / n - fit->sum[v] / n * (fit->sum[u] / n);
			moved = fmax(moved, fabs(now - fit->covariance[v * k + u]));
			fit->covariance[v * k + u] = now;
		}
	for (size_t v = 0; v < k; v++) {
		moved = fmax(moved, fabs(fit->sum[v] / n));
		fit->mean[v] += fit->sum[v] / n;
	}
	return moved;
}

static enum refusal estimate(struct fit *fit)
{
	size_t k = fit->k;
	fit->mean = mem_alloc(k, sizeof *fit->mean);
	fit->sum = mem_alloc(k, sizeof *fit->sum);
	fit->covariance = mem_alloc(k * k, sizeof *fit->covariance);
	fit->products = mem_alloc(k * k, sizeof *fit->products);
	fit->inverse = mem_alloc(k * k, sizeof *fit->inverse);
	fit->slope = mem_alloc(k * k, sizeof *fit->slope);
	fit->filled = mem_alloc(k * k, sizeof *fit->filled);
	for (size_t v = 0; v < k; v++)
		fit->covariance[v * k + v] = 1;
	double moved = INFINITY;
	for (int i = 0; i < MOST_STEPS && moved > still; i++) {
		moved = step(fit);
		if (moved < 0)
			return REFUSAL_SINGULAR;
	}
	return moved <= still ? REFUSAL_NONE : REFUSAL_NOT_COMPUTABLE;
}

/* --- the test --- */

static enum refusal test(struct little *little, struct fit *fit)
{
	long double statistic = 0;
	size_t df = 0;
	for (size_t j = 0; j < fit->pattern_count; j++) {
		const struct pattern *pattern = &fit->patterns[j];
		if (!invert(fit, pattern))
			return REFUSAL_SINGULAR;
		df += pattern->size;
		for (size_t v = 0, row = 0; v < fit->k; v++) {
			if (!pattern->has[v])
				continue;
			for (size_t u = 0, column = 0; u < fit->k; u++)
				if (pattern->has[u])
					statistic += (long double)pattern->n * (pattern->mean[v] - fit->mean[v])
					             * (pattern->mean[u] - fit->mean[u])
					             * fit->inverse[row * pattern->size + column++];
			row++;
		}
	}
	*little = (struct little){
		.statistic = (double)statistic, .df = (double)(df - fit->k), .patterns = fit->pattern_count, .n = fit->n
	};
	return gsl_checked_chi_square_tail(&little->p, fmax(0, little->statistic), little->df) ? REFUSAL_NONE
	                                                                                       : REFUSAL_NOT_COMPUTABLE;
}

enum refusal little_mcar(struct little *little, const double *values, size_t rows, size_t variables)
{
	struct fit fit = { 0 };
	enum refusal refusal = find_variables(&fit, values, rows, variables);
	if (!refusal)
		refusal = find_patterns(&fit, values, rows, variables);
	if (!refusal)
		refusal = estimate(&fit);
	if (!refusal)
		refusal = test(little, &fit);
	fit_release(&fit);
	return refusal;
}
