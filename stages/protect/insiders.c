#include "insiders.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "room.h"

bool coalition_knows(const struct coalition *coalition, size_t cell)
{
	size_t low = 0, high = coalition->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (coalition->cells[middle] < cell)
			low = middle + 1;
		else
			high = middle;
	}
	return low < coalition->count && coalition->cells[low] == cell;
}

long long insiders_width(const struct secondary_problem *problem, size_t cell)
{
	const struct secondary_cell *it = &problem->cells[cell];
	return it->n > problem->insiders || it->width < 1 ? it->width : 1;
}

/* Cells known to a coalition, while they are gathered. */
struct known {
	bool *listed; /* by cell */
	size_t *cells, count;
};

static void add(struct known *known, size_t cell)
{
	if (known->listed[cell])
		return;
	known->listed[cell] = true;
	known->cells[known->count++] = cell;
}

/* Whether everybody knows the whole to be this part of it: nobody is in the others. */
static bool is_alone(const struct secondary_problem *problem, const struct secondary_relation *relation, size_t part)
{
	bool alone = !relation->contains;
	for (size_t i = 0; alone && i < relation->part_count; i++) {
		const struct secondary_cell *other = &problem->cells[relation->parts[i]];
		alone = relation->parts[i] == part || (room_is_still(other) && other->n == 0);
	}
	return alone;
}

/* Relations by the cells that they touch: touching[first[i]] to touching[first[i + 1]] are those of cell i. */
struct touches {
	size_t *first, *touching;
};

static struct touches index_relations(const struct secondary_problem *problem)
{
	size_t total = 0;
	struct touches touches = { .first = mem_alloc(problem->cell_count + 2, sizeof *touches.first) };
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		touches.first[relation->parent + 2]++;
		for (size_t i = 0; i < relation->part_count; i++)
			touches.first[relation->parts[i] + 2]++;
		total += relation->part_count + 1;
	}
	for (size_t i = 2; i < problem->cell_count + 2; i++)
		touches.first[i] += touches.first[i - 1];
	touches.touching = mem_alloc(total, sizeof *touches.touching);
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		touches.touching[touches.first[relation->parent + 1]++] = r;
		for (size_t i = 0; i < relation->part_count; i++)
			touches.touching[touches.first[relation->parts[i] + 1]++] = r;
	}
	return touches;
}

static int compare_cells(const void *a, const void *b)
{
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	return (left > right) - (left < right);
}

/* What the people of the cell know: it, the parts of what they know, and the wholes that are just that. */
static struct coalition gather(struct known *known, const struct touches *touches,
                               const struct secondary_problem *problem, size_t cell)
{
	known->count = 0;
	add(known, cell);
	for (size_t i = 0; i < known->count; i++) {
		size_t at = known->cells[i];
		for (size_t t = touches->first[at]; t < touches->first[at + 1]; t++) {
			const struct secondary_relation *relation = &problem->relations[touches->touching[t]];
			for (size_t p = 0; relation->parent == at && p < relation->part_count; p++)
				add(known, relation->parts[p]);
			if (relation->parent != at && is_alone(problem, relation, at))
				add(known, relation->parent);
		}
	}
	for (size_t i = 0; i < known->count; i++)
		known->listed[known->cells[i]] = false;
	mem_sort(known->cells, known->count, sizeof *known->cells, compare_cells);
	struct coalition coalition = { .cells = mem_alloc(known->count, sizeof *coalition.cells),
		                       .count = known->count };
	memcpy(coalition.cells, known->cells, known->count * sizeof *coalition.cells);
	return coalition;
}

static void index_coalitions(struct insiders *insiders, size_t cell_count)
{
	size_t total = 0;
	insiders->first = mem_alloc(cell_count + 2, sizeof *insiders->first);
	for (size_t i = 0; i < insiders->count; i++) {
		for (size_t j = 0; j < insiders->coalitions[i].count; j++)
			insiders->first[insiders->coalitions[i].cells[j] + 2]++;
		total += insiders->coalitions[i].count;
	}
	for (size_t i = 2; i < cell_count + 2; i++)
		insiders->first[i] += insiders->first[i - 1];
	insiders->knowing = mem_alloc(total, sizeof *insiders->knowing);
	for (size_t i = 0; i < insiders->count; i++)
		for (size_t j = 0; j < insiders->coalitions[i].count; j++)
			insiders->knowing[insiders->first[insiders->coalitions[i].cells[j] + 1]++] = i;
}

struct insiders *insiders_new(const struct secondary_problem *problem)
{
	struct insiders *insiders = mem_alloc(1, sizeof *insiders);
	struct touches touches = index_relations(problem);
	struct known known = { .listed = mem_alloc(problem->cell_count, sizeof *known.listed),
		               .cells = mem_alloc(problem->cell_count, sizeof *known.cells) };
	size_t capacity = 0;
	for (size_t i = 0; i < problem->cell_count; i++) {
		const struct secondary_cell *cell = &problem->cells[i];
		if (!cell->hidden || cell->n < 1 || cell->n > problem->insiders)
			continue;
		insiders->coalitions =
			mem_grow(insiders->coalitions, insiders->count, &capacity, sizeof *insiders->coalitions);
		insiders->coalitions[insiders->count++] = gather(&known, &touches, problem, i);
	}
	index_coalitions(insiders, problem->cell_count);
	free(touches.first);
	free(touches.touching);
	free(known.listed);
	free(known.cells);
	return insiders;
}

void insiders_free(struct insiders *insiders)
{
	if (!insiders)
		return;
	for (size_t i = 0; i < insiders->count; i++)
		free(insiders->coalitions[i].cells);
	free(insiders->coalitions);
	free(insiders->first);
	free(insiders->knowing);
	free(insiders);
}
