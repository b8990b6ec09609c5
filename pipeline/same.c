#include "same.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct classes {
	const struct universe *universe;
	const bool *nobody;
	size_t *first; /* by cell, from 0: a cell of its class with a smaller place, or itself */
	bool more;     /* two classes became one */
};

static size_t class_of(const struct classes *classes, size_t cell)
{
	while (classes->first[cell] != cell)
		cell = classes->first[cell];
	return cell;
}

static void join(struct classes *classes, size_t one, size_t other)
{
	one = class_of(classes, one);
	other = class_of(classes, other);
	if (one == other)
		return;
	classes->first[one < other ? other : one] = one < other ? one : other;
	classes->more = true;
}

/* What a cell is together with: all but one of the classes that a sum ties, itself left out. Two with the same company
 * are the same people. */
struct company {
	uint64_t digest; /* of the classes, in any order */
	size_t relation, cell;
};

/* A permutation of 64-bit numbers that leaves no pattern (SplitMix64, Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t number)
{
	number += 0x9e3779b97f4a7c15u;
	number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
	number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
	return number ^ (number >> 31);
}

static bool counts(const struct classes *classes, size_t cell)
{
	return !classes->nobody || !classes->nobody[cell];
}

static int compare_companies(const void *left, const void *right)
{
	const struct company *a = left, *b = right;
	if (a->digest != b->digest)
		return a->digest < b->digest ? -1 : 1;
	if (a->relation != b->relation)
		return a->relation < b->relation ? -1 : 1;
	return a->cell < b->cell ? -1 : a->cell > b->cell;
}

static int compare_places(const void *left, const void *right)
{
	size_t a = *(const size_t *)left, b = *(const size_t *)right;
	return a < b ? -1 : a > b;
}

/* The classes of a company in order, the whole (if it is among them) marked by a place beyond all cells. */
static size_t list_company(size_t *list, const struct classes *classes, const struct company *company)
{
	const struct relation *relation = &classes->universe->relations[company->relation];
	size_t parent = relation->parent - 1, count = 0;
	bool left_out = parent == company->cell;
	if (!left_out)
		list[count++] = classes->universe->cell_count + class_of(classes, parent);
	for (size_t p = 0; p < relation->part_count; p++) {
		size_t part = classes->universe->parts[relation->first_part + p] - 1;
		if (!left_out && part == company->cell)
			left_out = true;
		else if (counts(classes, part))
			list[count++] = class_of(classes, part);
	}
	mem_sort(list, count, sizeof *list, compare_places);
	return count;
}

/* The digest finds them, and this makes sure. */
static bool is_alike(const struct classes *classes, const struct company *one, const struct company *other)
{
	const struct relation *relations = classes->universe->relations;
	size_t *first = mem_alloc(relations[one->relation].part_count + 1, sizeof *first),
	       *second = mem_alloc(relations[other->relation].part_count + 1, sizeof *second);
	size_t first_count = list_company(first, classes, one), second_count = list_company(second, classes, other);
	bool alike = first_count == second_count && memcmp(first, second, first_count * sizeof *first) == 0;
	free(first);
	free(second);
	return alike;
}

static size_t collect(struct company *companies, struct classes *classes)
{
	const struct universe *universe = classes->universe;
	size_t count = 0;
	for (size_t r = 0; r < universe->relation_count; r++) {
		const struct relation *relation = &universe->relations[r];
		if (relation->kind != RELATION_SUM)
			continue;
		uint64_t whole = mix(universe->cell_count + class_of(classes, relation->parent - 1)), parts = 0;
		size_t held = 0, only = 0;
		for (size_t p = 0; p < relation->part_count; p++) {
			size_t part = universe->parts[relation->first_part + p] - 1;
			if (!counts(classes, part))
				continue;
			parts += mix(class_of(classes, part));
			only = part;
			held++;
		}
		if (held == 1)
			join(classes, relation->parent - 1, only);
		companies[count++] = (struct company){ parts, r, relation->parent - 1 };
		for (size_t p = 0; p < relation->part_count; p++) {
			size_t part = universe->parts[relation->first_part + p] - 1;
			if (counts(classes, part))
				companies[count++] =
					(struct company){ whole + parts - mix(class_of(classes, part)), r, part };
		}
	}
	return count;
}

size_t *same_people(const struct universe *universe, const bool *nobody)
{
	struct classes classes = { .universe = universe, .nobody = nobody, .more = true };
	struct company *companies = mem_alloc(universe->part_count + universe->relation_count, sizeof *companies);
	classes.first = mem_alloc(universe->cell_count, sizeof *classes.first);
	for (size_t i = 0; i < universe->cell_count; i++)
		classes.first[i] = i;
	while (classes.more) {
		classes.more = false;
		size_t count = collect(companies, &classes);
		if (classes.more)
			continue; /* the digests are of classes that are no more */
		mem_sort(companies, count, sizeof *companies, compare_companies);
		for (size_t i = 1; i < count; i++)
			if (companies[i - 1].digest == companies[i].digest
			    && class_of(&classes, companies[i - 1].cell) != class_of(&classes, companies[i].cell)
			    && is_alike(&classes, &companies[i - 1], &companies[i]))
				join(&classes, companies[i - 1].cell, companies[i].cell);
	}
	for (size_t i = 0; i < universe->cell_count; i++)
		classes.first[i] = class_of(&classes, i);
	free(companies);
	return classes.first;
}
