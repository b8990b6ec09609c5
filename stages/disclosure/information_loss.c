#include "information_loss.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"

struct information_loss information_loss(const long long *before, const long long *after, size_t count)
{
	double difference = 0, relative = 0, squares = 0;
	size_t positive = 0;
	for (size_t i = 0; i < count; i++) {
		double from = (double)before[i], to = (double)after[i], root = sqrt(to) - sqrt(from);
		difference += fabs(to - from);
		squares += root * root;
		if (before[i] == 0)
			continue;
		relative += fabs(to - from) / from;
		positive++;
	}
	return (struct information_loss){
		.mean_difference = count ? difference / (double)count : NAN,
		.mean_relative = positive ? relative / (double)positive : NAN,
		.hellinger = count ? sqrt(squares / 2) : NAN,
	};
}

/* Sums of the rows, then of the columns. */
static double *margins(const long long *counts, size_t rows, size_t columns)
{
	double *sums = mem_alloc(rows + columns, sizeof *sums);
	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < columns; c++) {
			sums[r] += (double)counts[r * columns + c];
			sums[rows + c] += (double)counts[r * columns + c];
		}
	return sums;
}

static size_t count_positive(const double *sums, size_t count)
{
	size_t positive = 0;
	for (size_t i = 0; i < count; i++)
		positive += sums[i] > 0;
	return positive;
}

double information_cramers_v(const long long *counts, size_t rows, size_t columns)
{
	double *sums = margins(counts, rows, columns), total = 0, statistic = 0;
	size_t held_rows = count_positive(sums, rows), held_columns = count_positive(sums + rows, columns);
	size_t least = held_rows < held_columns ? held_rows : held_columns;
	for (size_t r = 0; r < rows; r++)
		total += sums[r];
	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < columns; c++) {
			double expected = total > 0 ? sums[r] * sums[rows + c] / total : 0;
			double off = (double)counts[r * columns + c] - expected;
			statistic += expected > 0 ? off * off / expected : 0;
		}
	free(sums);
	return least < 2 ? NAN : sqrt(statistic / (total * (double)(least - 1)));
}

/* One more than how many are larger. */
static size_t place_of(const double *values, size_t count, size_t which)
{
	size_t place = 1;
	for (size_t i = 0; i < count; i++)
		place += values[i] > values[which];
	return place;
}

size_t information_ranks(const double *before, const double *after, size_t count, size_t *largest)
{
	size_t changed = 0;
	*largest = 0;
	for (size_t i = 0; i < count; i++) {
		size_t from = place_of(before, count, i), to = place_of(after, count, i);
		size_t moved = from < to ? to - from : from - to;
		changed += moved > 0;
		*largest = moved > *largest ? moved : *largest;
	}
	return changed;
}
