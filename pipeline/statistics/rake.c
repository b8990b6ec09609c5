#include "rake.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "mem.h"

/* Where a thousand rounds bring the margins no nearer, or a hundred thousand not there, they cannot be met. */
enum { SOME_ROUNDS = 1000, MOST_ROUNDS = 100000, MOST_TRIMMINGS = 1000 };
static const double no_nearer = 0.9;
static const double margin_error = 1e-10, trim_error = 1e-6;

static double *sums_of(const double *weights, size_t rows, const struct rake_margin *margin)
{
	long double *sums = mem_alloc(margin->cells, sizeof *sums);
	double *rounded = mem_alloc(margin->cells, sizeof *rounded);
	for (size_t i = 0; i < rows; i++)
		sums[margin->cell[i]] += weights[i];
	for (size_t cell = 0; cell < margin->cells; cell++)
		rounded[cell] = (double)sums[cell];
	free(sums);
	return rounded;
}

/* Fit the weights to a margin; how far off it they were. */
static double fit(double *weights, size_t rows, const struct rake_margin *margin)
{
	double *factors = sums_of(weights, rows, margin), off = 0;
	for (size_t cell = 0; cell < margin->cells; cell++) {
		assert(factors[cell] > 0 && margin->population[cell] > 0);
		off = fmax(off, fabs(factors[cell] / margin->population[cell] - 1));
		factors[cell] = margin->population[cell] / factors[cell];
	}
	for (size_t i = 0; i < rows; i++)
		weights[i] *= factors[margin->cell[i]];
	free(factors);
	return off;
}

static double largest_error(const double *weights, size_t rows, const struct rake_margin *margins, size_t count)
{
	double largest = 0;
	for (size_t m = 0; m < count; m++) {
		double *sums = sums_of(weights, rows, &margins[m]);
		for (size_t cell = 0; cell < margins[m].cells; cell++)
			largest = fmax(largest, fabs(sums[cell] / margins[m].population[cell] - 1));
		free(sums);
	}
	return largest;
}

void rake(struct rake_report *report, double *weights, size_t rows, const struct rake_margin *margins, size_t count)
{
	*report = (struct rake_report){ 0 };
	double before = INFINITY;
	while (!report->done && report->rounds < MOST_ROUNDS) {
		for (size_t m = 0; m < count; m++)
			fit(weights, rows, &margins[m]);
		report->rounds++;
		report->largest_error = largest_error(weights, rows, margins, count);
		report->done = report->largest_error < margin_error;
		if (report->rounds % SOME_ROUNDS)
			continue;
		if (report->largest_error > no_nearer * before)
			return;
		before = report->largest_error;
	}
}

void rake_trimmed(struct rake_report *report, double *weights, size_t rows, const struct rake_margin *margins,
                  size_t count, double most)
{
	double total = 0, largest = 0;
	size_t rounds = 0;
	for (size_t cell = 0; cell < margins[0].cells; cell++)
		total += margins[0].population[cell];
	double cap = most * total / (double)rows;
	for (size_t times = 0; times <= MOST_TRIMMINGS; times++) {
		rake(report, weights, rows, margins, count);
		report->rounds = rounds += report->rounds;
		largest = 0;
		for (size_t i = 0; i < rows; i++)
			largest = fmax(largest, weights[i]);
		if (!report->done || largest <= cap * (1 + trim_error))
			break;
		for (size_t i = 0; times < MOST_TRIMMINGS && i < rows; i++)
			weights[i] = fmin(weights[i], cap);
	}
	report->done = report->done && largest <= cap * (1 + trim_error);
	for (size_t i = 0; i < rows; i++)
		report->trimmed += weights[i] >= cap * (1 - trim_error);
}

double rake_kish(const double *weights, size_t rows)
{
	long double sum = 0, squares = 0;
	for (size_t i = 0; i < rows; i++) {
		sum += weights[i];
		squares += (long double)weights[i] * weights[i];
	}
	return (double)((long double)rows * squares / (sum * sum));
}
