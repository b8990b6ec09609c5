#include "known_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

static const size_t NOT_READ = (size_t)-1;

/* A sum of the variable under way: a measure, or one that follows from others. */
struct known {
	double truth, least, most; /* least, most: of one unit; NaN: no bound known */
	size_t column;
};

struct reading {
	const struct universe *universe;
	size_t *at; /* by cell: position in `all` plus one; 0: no sum of the variable */
	struct known *all;
	size_t count, capacity;
	size_t *cells; /* of all: the cell's id */
	size_t cell_capacity;
	struct sums_term *terms;
	struct sums *sums;
};

static const struct known *known_of(const struct reading *reading, size_t cell)
{
	return reading->at[cell] ? &reading->all[reading->at[cell] - 1] : NULL;
}

static void add_known(struct reading *reading, size_t cell, double truth, double least, double most)
{
	double n = (double)reading->universe->cells[cell - 1].n;
	double low = n == 0 ? 0 : isnan(least) ? -INFINITY : least * n;
	double high = n == 0 ? 0 : isnan(most) ? INFINITY : most * n;
	reading->all = mem_grow(reading->all, reading->count, &reading->capacity, sizeof *reading->all);
	reading->cells = mem_grow(reading->cells, reading->count, &reading->cell_capacity, sizeof *reading->cells);
	reading->cells[reading->count] = cell;
	reading->all[reading->count++] =
		(struct known){ truth, least, most, sums_column(reading->sums, truth, low, high) };
	reading->at[cell] = reading->count;
}

/* The last of the cells of a sum: each of its units is a unit of the others, or the others' units are its own, and so
 * keeps within the widest of their bounds. */
static bool imply(struct reading *reading, const struct relation *relation)
{
	const struct universe *universe = reading->universe;
	size_t missing = 0, missing_count = 0;
	double least = INFINITY, most = -INFINITY, rest = 0;
	for (size_t i = 0; i <= relation->part_count && missing_count < 2; i++) {
		bool parent = i == relation->part_count;
		size_t cell = parent ? relation->parent : universe->parts[relation->first_part + i];
		const struct known *known = known_of(reading, cell);
		if (!known) {
			missing = cell;
			missing_count++;
			continue;
		}
		least = isnan(known->least) || isnan(least) ? NAN : fmin(least, known->least);
		most = isnan(known->most) || isnan(most) ? NAN : fmax(most, known->most);
		rest += parent ? -known->truth : known->truth;
	}
	if (missing_count != 1)
		return false;
	add_known(reading, missing, missing == relation->parent ? rest : -rest, least, most);
	return true;
}

static void imply_all(struct reading *reading)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < reading->universe->relation_count; i++) {
			const struct relation *relation = &reading->universe->relations[i];
			if (relation->kind == RELATION_SUM)
				more = imply(reading, relation) || more;
		}
	}
}

/* What is left of the parent beside the parts that have a sum is of so many units, each within the parent's bounds. */
static void tie(struct reading *reading, const struct known *parent, size_t term_count, double units)
{
	double least = units == 0 ? 0 : isnan(parent->least) ? -INFINITY : parent->least * units;
	double most = units == 0 ? 0 : isnan(parent->most) ? INFINITY : parent->most * units;
	if (term_count > 1 && (isfinite(least) || isfinite(most)))
		sums_row(reading->sums, reading->terms, term_count, least, most);
}

static void tie_relation(struct reading *reading, const struct relation *relation)
{
	const struct universe *universe = reading->universe;
	const struct known *parent = known_of(reading, relation->parent);
	bool sum = relation->kind == RELATION_SUM;
	double units = (double)universe->cells[relation->parent - 1].n;
	size_t count = 1;
	if (!parent)
		return;
	reading->terms[0] = (struct sums_term){ parent->column, 1 };
	for (size_t i = 0; i < relation->part_count; i++) {
		size_t cell = universe->parts[relation->first_part + i];
		const struct known *part = known_of(reading, cell);
		if (!part)
			continue;
		double n = (double)universe->cells[cell - 1].n;
		reading->terms[sum ? count++ : 1] = (struct sums_term){ part->column, -1 };
		if (sum)
			units -= n;
		else
			tie(reading, parent, 2, units - n);
	}
	if (sum)
		tie(reading, parent, count, units);
}

static void read_variable(struct known_sums *known, struct reading *reading, const char *variable)
{
	const struct universe *universe = reading->universe;
	reading->sums = known->variables[known->variable_count] = sums_new();
	for (size_t i = 0; i < universe->measure_count; i++) {
		const struct measure *measure = &universe->measures[i];
		if (strcmp(measure->variable, variable) != 0)
			continue;
		known->variable[i] = known->variable_count;
		known->column[i] = reading->count;
		add_known(reading, measure->cell, measure->total, measure->least, measure->most);
	}
	imply_all(reading);
	for (size_t i = 0; i < universe->relation_count; i++)
		tie_relation(reading, &universe->relations[i]);
	known->column_counts[known->variable_count++] = reading->count;
	for (size_t i = 0; i < reading->count; i++)
		reading->at[reading->cells[i]] = 0;
	reading->count = 0;
}

struct known_sums *known_sums_new(const struct universe *universe)
{
	struct known_sums *known = mem_alloc(1, sizeof *known);
	struct reading reading = {
		.universe = universe,
		.at = mem_alloc(universe->cell_count + 1, sizeof *reading.at),
		.terms = mem_alloc(universe->cell_count + 2, sizeof *reading.terms),
	};
	known->variables = mem_alloc(universe->measure_count, sizeof *known->variables);
	known->column_counts = mem_alloc(universe->measure_count, sizeof *known->column_counts);
	known->variable = mem_alloc(universe->measure_count, sizeof *known->variable);
	known->column = mem_alloc(universe->measure_count, sizeof *known->column);
	for (size_t i = 0; i < universe->measure_count; i++)
		known->variable[i] = NOT_READ;
	for (size_t i = 0; i < universe->measure_count; i++)
		if (known->variable[i] == NOT_READ)
			read_variable(known, &reading, universe->measures[i].variable);
	free(reading.at);
	free(reading.all);
	free(reading.cells);
	free(reading.terms);
	return known;
}

void known_sums_free(struct known_sums *known)
{
	if (!known)
		return;
	for (size_t i = 0; i < known->variable_count; i++)
		sums_free(known->variables[i]);
	free(known->variables);
	free(known->column_counts);
	free(known->variable);
	free(known->column);
	free(known);
}
