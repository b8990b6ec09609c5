#include "lattice.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

static size_t index_of(const struct lattice *lattice, struct lattice_point point)
{
	size_t index = 0;
	for (size_t a = 0; a < LATTICE_AXES; a++)
		index = index * lattice->axes[a]->facet_count + point.facet[a];
	return index;
}

size_t lattice_point_count(const struct lattice *lattice)
{
	size_t count = 1;
	for (size_t a = 0; a < LATTICE_AXES; a++)
		count *= lattice->axes[a]->facet_count;
	return count;
}

struct lattice_point lattice_point_at(const struct lattice *lattice, size_t index)
{
	struct lattice_point point;
	for (size_t a = LATTICE_AXES; a-- > 0;) {
		point.facet[a] = index % lattice->axes[a]->facet_count;
		index /= lattice->axes[a]->facet_count;
	}
	return point;
}

/* --- counting: positions first, then one axis after the other from positions to facets --- */

/* A number for a respondent that looks like chance and is always the same: the finaliser of SplitMix64 (Steele, Lea and
 * Flood 2014). */
static unsigned long long mark_of(unsigned long long number)
{
	number = (number + 1) * 0x9e3779b97f4a7c15ull;
	number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9ull;
	number = (number ^ number >> 27) * 0x94d049bb133111ebull;
	return number ^ number >> 31;
}

static void add_tally(struct lattice_tally *to, const struct lattice_tally *from)
{
	to->n += from->n;
	to->total += from->total;
	to->key += from->key;
	to->mark[0] += from->mark[0];
	to->mark[1] += from->mark[1];
}

/* The axis on which respondents stand at several positions; LATTICE_AXES: none. */
static size_t find_several(const struct axis *const axes[LATTICE_AXES])
{
	size_t found = LATTICE_AXES;
	for (size_t a = 0; a < LATTICE_AXES; a++)
		if (axes[a]->first) {
			assert(found == LATTICE_AXES);
			found = a;
		}
	return found;
}

/* `position`: where to note at which position each respondent stands; NULL: nowhere. */
static struct lattice_tally *count_atoms(const struct axis *const axes[LATTICE_AXES],
                                         const size_t *const atoms[LATTICE_AXES], const double *values,
                                         const unsigned char *keys, size_t count, size_t *position)
{
	size_t size = 1, several = find_several(axes), stride = 1;
	for (size_t a = 0; a < LATTICE_AXES; a++)
		size *= axes[a]->atom_count;
	for (size_t a = several + 1; a < LATTICE_AXES; a++)
		stride *= axes[a]->atom_count;
	struct lattice_tally *tallies = mem_alloc(size, sizeof *tallies);
	for (size_t i = 0; i < count; i++) {
		size_t index = 0;
		for (size_t a = 0; a < LATTICE_AXES; a++)
			index = index * axes[a]->atom_count + (atoms[a] && a != several ? atoms[a][i] : 0);
		struct lattice_tally one = { .n = 1, .mark = { mark_of(2 * i), mark_of(2 * i + 1) } };
		if (values && !isnan(values[i]))
			one.total = values[i];
		if (keys)
			one.key = keys[i];
		if (position)
			position[i] = index;
		if (several == LATTICE_AXES) {
			add_tally(&tallies[index], &one);
			continue;
		}
		for (size_t p = axes[several]->first[i]; p < axes[several]->first[i + 1]; p++)
			add_tally(&tallies[index + atoms[several][p] * stride], &one);
	}
	return tallies;
}

/* `before` and `after`: how many tallies the axes before and behind this one span. Takes `tallies`. */
static struct lattice_tally *sum_facets(struct lattice_tally *tallies, const struct axis *axis, size_t before,
                                        size_t after)
{
	struct lattice_tally *sums = mem_alloc(before * axis->facet_count * after, sizeof *sums);
	for (size_t b = 0; b < before; b++)
		for (size_t f = 0; f < axis->facet_count; f++)
			for (size_t i = 0; i < axis->facets[f].atom_count; i++) {
				const struct lattice_tally *from =
					tallies + (b * axis->atom_count + axis->facets[f].atoms[i]) * after;
				struct lattice_tally *to = sums + (b * axis->facet_count + f) * after;
				for (size_t c = 0; c < after; c++)
					add_tally(&to[c], &from[c]);
			}
	free(tallies);
	return sums;
}

static void count_points(struct lattice *lattice, const size_t *const atoms[LATTICE_AXES], const double *values,
                         const unsigned char *keys, size_t count)
{
	if (values && find_several(lattice->axes) == LATTICE_AXES) {
		lattice->row_count = count;
		lattice->position = mem_alloc(count, sizeof *lattice->position);
		lattice->values = mem_alloc(count, sizeof *lattice->values);
		if (count)
			memcpy(lattice->values, values, count * sizeof *values);
	}
	lattice->tallies = count_atoms(lattice->axes, atoms, values, keys, count, lattice->position);
	for (size_t a = 0; a < LATTICE_AXES; a++) {
		size_t before = 1, after = 1;
		for (size_t b = 0; b < a; b++)
			before *= lattice->axes[b]->facet_count;
		for (size_t c = a + 1; c < LATTICE_AXES; c++)
			after *= lattice->axes[c]->atom_count;
		lattice->tallies = sum_facets(lattice->tallies, lattice->axes[a], before, after);
	}
}

/* --- cells --- */

/* The canonical condition: the dataset, then the terms in the order of their variables. */
static void print_condition(struct text *condition, const struct lattice *lattice, struct lattice_point point,
                            const char *dataset)
{
	size_t order[LATTICE_AXES];
	for (size_t a = 0; a < LATTICE_AXES; a++) {
		size_t at = a;
		for (; at > 0 && strcmp(lattice->axes[order[at - 1]]->variable, lattice->axes[a]->variable) > 0; at--)
			order[at] = order[at - 1];
		order[at] = a;
	}
	text_add(condition, dataset);
	for (size_t i = 0; i < LATTICE_AXES; i++) {
		const char *term = lattice->axes[order[i]]->facets[point.facet[order[i]]].term;
		if (term)
			text_print(condition, " & %s", term);
	}
}

static void add_cells(struct lattice *lattice, struct universe *universe, size_t unit, const char *dataset, bool keyed)
{
	size_t count = lattice_point_count(lattice);
	lattice->cells = mem_alloc(count, sizeof *lattice->cells);
	for (size_t i = 0; i < count; i++) {
		struct lattice_point point = lattice_point_at(lattice, i);
		struct text condition = { 0 };
		if (!lattice_logic_is_possible(lattice->logic, point))
			continue;
		size_t named = index_of(lattice, lattice_logic_named(lattice->logic, point));
		if (named != i) {
			lattice->cells[i] = lattice->cells[named];
			continue;
		}
		print_condition(&condition, lattice, point, dataset);
		lattice->cells[i] = universe_cell(universe, unit, condition.bytes, lattice->tallies[i].n);
		if (keyed)
			universe_cell_key(universe, lattice->cells[i], (int)(lattice->tallies[i].key % UNIVERSE_KEYS));
		text_free(&condition);
	}
}

/* --- relations --- */

/* Whether the relation along `axis` is said of this point of the other axes. */
static bool is_said(const struct lattice *lattice, const struct axis_relation *relation, size_t axis,
                    struct lattice_point point)
{
	for (size_t a = 0; a < LATTICE_AXES; a++) {
		bool complement = a != axis && lattice->axes[a]->facets[point.facet[a]].complement;
		if (complement && (!relation->complement || a < axis))
			return false;
	}
	return true;
}

static void add_relation(const struct lattice *lattice, struct universe *universe, const struct axis_relation *relation,
                         size_t axis, struct lattice_point point)
{
	size_t *parts = mem_alloc(relation->part_count, sizeof *parts), count = 0;
	for (size_t i = 0; i < relation->part_count; i++) {
		point.facet[axis] = relation->parts[i];
		parts[count] = lattice_cell(lattice, point);
		count += parts[count] != 0;
	}
	point.facet[axis] = relation->parent;
	size_t parent = lattice_cell(lattice, point);
	if (parent && !(count == 1 && parts[0] == parent))
		universe_relation(universe, RELATION_SUM, parent, parts, count);
	free(parts);
}

/* Along one axis, at every point of the others. */
static void add_relations(const struct lattice *lattice, struct universe *universe, size_t axis)
{
	for (size_t i = 0; i < lattice_point_count(lattice); i++) {
		struct lattice_point point = lattice_point_at(lattice, i);
		if (point.facet[axis] != AXIS_EVERYBODY)
			continue;
		for (size_t r = 0; r < lattice->axes[axis]->relation_count; r++) {
			const struct axis_relation *relation = &lattice->axes[axis]->relations[r];
			if (is_said(lattice, relation, axis, point))
				add_relation(lattice, universe, relation, axis, point);
		}
	}
}

/* The same people must be at two points, which have names of their own: each is the sum of the other. */
static void add_equals(const struct lattice *lattice, struct universe *universe)
{
	for (size_t i = 0; lattice->logic && i < lattice_point_count(lattice); i++) {
		struct lattice_point point = lattice_point_at(lattice, i);
		if (!lattice_is_named(lattice, i))
			continue;
		size_t first = lattice_cell(lattice, lattice_logic_first(lattice->logic, point));
		if (first != lattice->cells[i])
			universe_relation(universe, RELATION_SUM, first, &lattice->cells[i], 1);
	}
}

struct lattice *lattice_new(const struct axis *const axes[LATTICE_AXES], const size_t *const atoms[LATTICE_AXES],
                            const double *values, const unsigned char *keys, size_t count,
                            struct universe *universe, size_t unit, const char *dataset)
{
	struct lattice *lattice = mem_alloc(1, sizeof *lattice);
	axis_everybody(&lattice->everybody);
	for (size_t a = 0; a < LATTICE_AXES; a++)
		lattice->axes[a] = axes[a] ? axes[a] : &lattice->everybody;
	lattice->logic = lattice_logic_new(lattice->axes);
	count_points(lattice, atoms, values, keys, count);
	add_cells(lattice, universe, unit, dataset, keys != NULL);
	for (size_t a = 0; a < LATTICE_AXES; a++)
		add_relations(lattice, universe, a);
	add_equals(lattice, universe);
	return lattice;
}

void lattice_free(struct lattice *lattice)
{
	if (!lattice)
		return;
	axis_release(&lattice->everybody);
	free(lattice->tallies);
	free(lattice->cells);
	free(lattice->position);
	free(lattice->values);
	lattice_logic_free(lattice->logic);
	free(lattice);
}

bool lattice_is_named(const struct lattice *lattice, size_t index)
{
	struct lattice_point point = lattice_point_at(lattice, index);
	return lattice_logic_is_possible(lattice->logic, point)
	       && index_of(lattice, lattice_logic_named(lattice->logic, point)) == index;
}

size_t lattice_cell(const struct lattice *lattice, struct lattice_point point)
{
	return lattice->cells[index_of(lattice, point)];
}

struct lattice_tally lattice_tally(const struct lattice *lattice, struct lattice_point point)
{
	return lattice->tallies[index_of(lattice, point)];
}

bool *lattice_positions(const struct lattice *lattice, struct lattice_point point)
{
	bool *in = mem_alloc(1, sizeof *in);
	size_t size = 1;
	in[0] = true;
	for (size_t a = 0; a < LATTICE_AXES; a++) {
		const struct axis_facet *facet = &lattice->axes[a]->facets[point.facet[a]];
		size_t atoms = lattice->axes[a]->atom_count;
		bool *wider = mem_alloc(size * atoms, sizeof *wider);
		for (size_t i = 0; i < size; i++)
			for (size_t j = 0; j < facet->atom_count; j++)
				wider[i * atoms + facet->atoms[j]] = in[i];
		free(in);
		in = wider;
		size *= atoms;
	}
	return in;
}
