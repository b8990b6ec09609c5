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

/* Relations by the people that they touch: touching[first[i]] to touching[first[i + 1]] are those of cell i, the first
 * that is the same people. */
struct touches {
	size_t *first, *touching;
};

/* What a coalition knows, while it is gathered. */
struct gathering {
	const struct secondary_problem *problem;
	struct touches touches;
	bool *nobody;          /* by people: as everybody knows */
	bool *listed;          /* by people: those of the coalition, or some of them */
	size_t *people, count; /* those that are listed */
	bool *out;             /* by part of a sum, all false between calls */
};

/* The first cell that is the same people. */
static size_t people_of(const struct secondary_problem *problem, size_t cell)
{
	return problem->same ? problem->same[cell] : cell;
}

static void add(struct gathering *known, size_t cell)
{
	size_t people = people_of(known->problem, cell);
	if (known->listed[people])
		return;
	known->listed[people] = true;
	known->people[known->count++] = people;
}

static bool is_known(const struct gathering *known, size_t cell)
{
	size_t people = people_of(known->problem, cell);
	return known->listed[people] || known->nobody[people];
}

static bool is_whole(const struct gathering *known, const struct secondary_relation *relation, size_t people)
{
	return people_of(known->problem, relation->parent) == people;
}

static bool has_part(const struct gathering *known, const struct secondary_relation *relation, size_t cell)
{
	bool has = false;
	for (size_t i = 0; i < relation->part_count && !has; i++)
		has = people_of(known->problem, relation->parts[i]) == people_of(known->problem, cell);
	return has;
}

/* Whether a cell is one of the parts of a sum, or the sum of some of them; marks these. */
static bool take_out(struct gathering *known, const struct secondary_relation *sum, size_t cell)
{
	size_t people = people_of(known->problem, cell);
	bool found = false;
	for (size_t i = 0; i < sum->part_count && !found; i++)
		known->out[i] = (found = people_of(known->problem, sum->parts[i]) == people) || known->out[i];
	for (size_t t = known->touches.first[people]; t < known->touches.first[people + 1] && !found; t++) {
		const struct secondary_relation *own = &known->problem->relations[known->touches.touching[t]];
		found = is_whole(known, own, people) && !own->contains;
		for (size_t p = 0; p < own->part_count && found; p++)
			found = has_part(known, sum, own->parts[p]);
		for (size_t i = 0; i < sum->part_count && found; i++)
			known->out[i] = known->out[i] || has_part(known, own, sum->parts[i]);
	}
	return found;
}

/* Of two sums of one whole: a part of the one is what the other leaves without the other parts of the one, as the rest
 * of the areas is the other areas. Who knows that part knows what is left, and who knows all that is left knows it. */
static void compare_sums(struct gathering *known, const struct secondary_relation *one,
                         const struct secondary_relation *other, size_t part)
{
	bool all = true, know = true;
	for (size_t p = 0; p < one->part_count && all; p++)
		all = p == part || take_out(known, other, one->parts[p]);
	for (size_t i = 0; i < other->part_count && all; i++)
		know = know && (known->out[i] || is_known(known, other->parts[i]));
	for (size_t i = 0; i < other->part_count && all; i++)
		if (!known->out[i] && known->listed[people_of(known->problem, one->parts[part])])
			add(known, other->parts[i]);
	if (all && know)
		add(known, one->parts[part]);
	memset(known->out, 0, other->part_count * sizeof *known->out);
}

/* What follows from a sum of which they are some. */
static void follow_sum(struct gathering *known, const struct secondary_relation *sum)
{
	size_t whole = people_of(known->problem, sum->parent);
	bool all = true;
	for (size_t p = 0; p < sum->part_count && all; p++)
		all = is_known(known, sum->parts[p]);
	if (all)
		add(known, whole);
	for (size_t t = known->touches.first[whole]; t < known->touches.first[whole + 1]; t++) {
		const struct secondary_relation *other = &known->problem->relations[known->touches.touching[t]];
		if (other == sum || other->contains || !is_whole(known, other, whole))
			continue;
		for (size_t p = 0; p < sum->part_count; p++)
			if (known->listed[people_of(known->problem, sum->parts[p])])
				compare_sums(known, sum, other, p);
		for (size_t p = 0; p < other->part_count; p++)
			if (!is_known(known, other->parts[p]))
				compare_sums(known, other, sum, p);
	}
}

static struct touches index_relations(const struct secondary_problem *problem)
{
	size_t total = 0;
	struct touches touches = { .first = mem_alloc(problem->cell_count + 2, sizeof *touches.first) };
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		touches.first[people_of(problem, relation->parent) + 2]++;
		for (size_t i = 0; i < relation->part_count; i++)
			touches.first[people_of(problem, relation->parts[i]) + 2]++;
		total += relation->part_count + 1;
	}
	for (size_t i = 2; i < problem->cell_count + 2; i++)
		touches.first[i] += touches.first[i - 1];
	touches.touching = mem_alloc(total, sizeof *touches.touching);
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		touches.touching[touches.first[people_of(problem, relation->parent) + 1]++] = r;
		for (size_t i = 0; i < relation->part_count; i++)
			touches.touching[touches.first[people_of(problem, relation->parts[i]) + 1]++] = r;
	}
	return touches;
}

/* What the people of the cell know: it, the parts of what they know, and the wholes of which they know all parts. */
static struct coalition gather(struct gathering *known, size_t cell)
{
	const struct secondary_problem *problem = known->problem;
	known->count = 0;
	add(known, cell);
	for (size_t i = 0; i < known->count; i++) {
		size_t at = known->people[i];
		for (size_t t = known->touches.first[at]; t < known->touches.first[at + 1]; t++) {
			const struct secondary_relation *relation = &problem->relations[known->touches.touching[t]];
			for (size_t p = 0; is_whole(known, relation, at) && p < relation->part_count; p++)
				add(known, relation->parts[p]);
			if (!is_whole(known, relation, at) && !relation->contains)
				follow_sum(known, relation);
		}
	}
	struct coalition coalition = { 0 };
	size_t capacity = 0;
	for (size_t i = 0; i < problem->cell_count; i++) {
		if (!known->listed[people_of(problem, i)])
			continue;
		coalition.cells = mem_grow(coalition.cells, coalition.count, &capacity, sizeof *coalition.cells);
		coalition.cells[coalition.count++] = i;
	}
	for (size_t i = 0; i < known->count; i++)
		known->listed[known->people[i]] = false;
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
	struct gathering known = { .problem = problem,
		                   .touches = index_relations(problem),
		                   .nobody = mem_alloc(problem->cell_count, sizeof *known.nobody),
		                   .listed = mem_alloc(problem->cell_count, sizeof *known.listed),
		                   .people = mem_alloc(problem->cell_count, sizeof *known.people),
		                   .out = mem_alloc(problem->cell_count, sizeof *known.out) };
	size_t capacity = 0;
	for (size_t i = 0; i < problem->cell_count; i++)
		if (room_is_still(&problem->cells[i]) && problem->cells[i].n == 0)
			known.nobody[people_of(problem, i)] = true;
	for (size_t i = 0; i < problem->cell_count; i++) {
		const struct secondary_cell *cell = &problem->cells[i];
		if (!cell->hidden || cell->n < 1 || cell->n > problem->insiders)
			continue;
		insiders->coalitions =
			mem_grow(insiders->coalitions, insiders->count, &capacity, sizeof *insiders->coalitions);
		insiders->coalitions[insiders->count++] = gather(&known, i);
	}
	index_coalitions(insiders, problem->cell_count);
	free(known.touches.first);
	free(known.touches.touching);
	free(known.nobody);
	free(known.listed);
	free(known.people);
	free(known.out);
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
