#include "contributions.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"

static void take(double largest[UNIVERSE_LARGEST], double one)
{
	for (int i = 0; i < UNIVERSE_LARGEST; i++)
		if (isnan(largest[i]) || fabs(one) > fabs(largest[i])) {
			double smaller = largest[i];
			largest[i] = one;
			one = smaller;
			if (isnan(one))
				return;
		}
}

struct row {
	long long person;
	double value;
};

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return (a->value > b->value) - (a->value < b->value);
}

void contributions_largest(double largest[UNIVERSE_LARGEST], const double *values, const size_t *position,
                           const bool *in, const long long *person, size_t count)
{
	struct row *rows = mem_alloc(count, sizeof *rows);
	size_t row_count = 0;
	for (size_t i = 0; i < count; i++)
		if (in[position[i]] && !isnan(values[i]))
			rows[row_count++] = (struct row){ person ? person[i] : (long long)i, values[i] };
	if (person)
		mem_sort(rows, row_count, sizeof *rows, compare_rows);
	for (int i = 0; i < UNIVERSE_LARGEST; i++)
		largest[i] = NAN;
	for (size_t i = 0, next = 0; i < row_count; i = next) {
		double sum = 0;
		for (; next < row_count && rows[next].person == rows[i].person; next++)
			sum += rows[next].value;
		take(largest, sum);
	}
	free(rows);
}

bool contributions_wanted(const struct analysis *analysis, size_t measure)
{
	return analysis->study->disclosure.magnitude && isnan(analysis->universe->measures[measure - 1].largest[0]);
}

void contributions_note(const struct analysis *analysis, size_t measure, const struct lattice *lattice,
                        struct lattice_point point, const long long *person)
{
	double largest[UNIVERSE_LARGEST];
	if (!contributions_wanted(analysis, measure))
		return;
	bool *in = lattice_positions(lattice, point);
	contributions_largest(largest, lattice->values, lattice->position, in, person, lattice->row_count);
	universe_measure_largest(analysis->universe, measure, largest);
	free(in);
}
