#include "axis_make.h"

#include <assert.h>
#include <stdlib.h>

#include "mem.h"
#include "text.h"

size_t axis_add_facet(struct axis *axis, char *term, bool complement)
{
	axis->facets = mem_grow(axis->facets, axis->facet_count, &axis->facet_capacity, sizeof *axis->facets);
	axis->facets[axis->facet_count] = (struct axis_facet){ .term = term, .complement = complement };
	axis->facets[axis->facet_count].atoms = mem_alloc(axis->atom_count, sizeof *axis->facets->atoms);
	return axis->facet_count++;
}

void axis_add_atom(struct axis *axis, size_t facet, size_t atom)
{
	struct axis_facet *to = &axis->facets[facet];
	assert(atom < axis->atom_count && to->atom_count < axis->atom_count);
	to->atoms[to->atom_count++] = atom;
}

static bool has_atom(const struct axis_facet *facet, size_t atom)
{
	for (size_t i = 0; i < facet->atom_count; i++)
		if (facet->atoms[i] == atom)
			return true;
	return false;
}

size_t axis_add_complement(struct axis *axis, size_t parent, size_t facet, char *term)
{
	size_t rest = axis_add_facet(axis, term, true);
	for (size_t i = 0; i < axis->facets[parent].atom_count; i++)
		if (!has_atom(&axis->facets[facet], axis->facets[parent].atoms[i]))
			axis_add_atom(axis, rest, axis->facets[parent].atoms[i]);
	return rest;
}

struct axis_relation *axis_add_relation(struct axis *axis, size_t parent, size_t most, bool complement)
{
	axis->relations =
		mem_grow(axis->relations, axis->relation_count, &axis->relation_capacity, sizeof *axis->relations);
	struct axis_relation *relation = &axis->relations[axis->relation_count++];
	*relation = (struct axis_relation){ .parent = parent, .complement = complement };
	relation->parts = mem_alloc(most, sizeof *relation->parts);
	return relation;
}

void axis_add_part(struct axis_relation *relation, size_t part)
{
	relation->parts[relation->part_count++] = part;
}

void axis_add_split(struct axis *axis, size_t parent, size_t facet, size_t rest)
{
	struct axis_relation *relation = axis_add_relation(axis, parent, 2, true);
	axis_add_part(relation, facet);
	axis_add_part(relation, rest);
}

void axis_add_everybody(struct axis *axis, size_t atom_count)
{
	axis->atom_count = atom_count;
	size_t everybody = axis_add_facet(axis, NULL, false);
	assert(everybody == AXIS_EVERYBODY);
	for (size_t atom = 0; atom < atom_count; atom++)
		axis_add_atom(axis, everybody, atom);
}

size_t axis_add_single(struct axis *axis, char *term, size_t atom)
{
	size_t facet = axis_add_facet(axis, term, false);
	axis_add_atom(axis, facet, atom);
	return facet;
}

void axis_add_reasons(struct axis *axis, const struct dataset_variable *variable, size_t first)
{
	size_t missing = 0;
	struct axis_relation *all = axis_add_relation(axis, AXIS_EVERYBODY, 2, false);
	axis_add_part(all, axis->answered);
	if (variable->required || variable->reason_count == 0)
		return;
	missing = axis->missing = axis_add_facet(axis, mem_print("%s:missing", variable->term), false);
	axis_add_part(all, missing);
	struct axis_relation *reasons = axis_add_relation(axis, missing, variable->reason_count, false);
	for (size_t i = 0; i < variable->reason_count; i++) {
		axis_add_atom(axis, missing, first + i);
		axis_add_part(reasons, axis_add_single(axis, mem_print("%s:%s", variable->term, variable->reasons[i]),
		                                       first + i));
	}
}
