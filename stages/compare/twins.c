#include "twins.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

struct name {
	const char *dataset, *variable, *term;
	struct lattice_tally people;
	const struct name *first; /* the first name of the same people; itself where it has no twin */
};

struct named_cell {
	size_t cell;
	const char *dataset;
	const char *terms[LATTICE_AXES]; /* sorted; NULL behind the last */
};

struct twins {
	struct mem_arena *strings;
	struct name *names;
	struct named_cell *cells;
	size_t name_count, name_capacity, cell_count, cell_capacity;
};

struct twins *twins_new(void)
{
	struct twins *twins = mem_alloc(1, sizeof *twins);
	twins->strings = mem_arena_new();
	return twins;
}

void twins_free(struct twins *twins)
{
	if (!twins)
		return;
	free(twins->names);
	free(twins->cells);
	mem_arena_free(twins->strings);
	free(twins);
}

/* --- what is noted --- */

/* NULL comes last. */
static int compare_texts(const char *a, const char *b)
{
	return !a || !b ? (a == NULL) - (b == NULL) : strcmp(a, b);
}

/* Sorted, and each once. */
static void add_term(const char *terms[LATTICE_AXES], const char *term)
{
	for (size_t i = 0; i < LATTICE_AXES && term; i++) {
		int order = compare_texts(term, terms[i]);
		if (order == 0)
			return;
		if (order < 0) {
			const char *moved = terms[i];
			terms[i] = term;
			term = moved;
		}
	}
}

static void note_name(struct twins *twins, const char *dataset, const struct axis *axis, size_t facet,
                      struct lattice_tally people)
{
	twins->names = mem_grow(twins->names, twins->name_count, &twins->name_capacity, sizeof *twins->names);
	twins->names[twins->name_count++] = (struct name){
		.dataset = dataset,
		.variable = mem_arena_copy(twins->strings,
		                           axis->facets[facet].overlaps ? axis->facets[facet].term : axis->variable),
		.term = mem_arena_copy(twins->strings, axis->facets[facet].term),
		.people = people,
	};
}

void twins_note(struct twins *twins, const char *dataset, const struct lattice *lattice, long long least)
{
	dataset = mem_arena_copy(twins->strings, dataset);
	for (size_t a = 0; a < LATTICE_AXES; a++)
		for (size_t f = 1; f < lattice->axes[a]->facet_count; f++) {
			struct lattice_point point = { { AXIS_EVERYBODY } };
			point.facet[a] = f;
			const struct axis_facet *facet = &lattice->axes[a]->facets[f];
			if (!facet->complement && !facet->ticks && lattice_tally(lattice, point).n >= least)
				note_name(twins, dataset, lattice->axes[a], f, lattice_tally(lattice, point));
		}
	for (size_t i = 0; i < lattice_point_count(lattice); i++) {
		struct lattice_point point = lattice_point_at(lattice, i);
		if (!lattice_is_named(lattice, i))
			continue;
		struct named_cell cell = { .cell = lattice_cell(lattice, point), .dataset = dataset };
		for (size_t a = 0; a < LATTICE_AXES; a++)
			add_term(cell.terms,
			         mem_arena_copy(twins->strings, lattice->axes[a]->facets[point.facet[a]].term));
		twins->cells = mem_grow(twins->cells, twins->cell_count, &twins->cell_capacity, sizeof *twins->cells);
		twins->cells[twins->cell_count++] = cell;
	}
}

/* --- who is the same --- */

static int compare_people(const struct name *a, const struct name *b)
{
	int order = strcmp(a->dataset, b->dataset);
	if (order == 0)
		order = (a->people.n > b->people.n) - (a->people.n < b->people.n);
	for (size_t i = 0; i < COUNT(a->people.mark) && order == 0; i++)
		order = (a->people.mark[i] > b->people.mark[i]) - (a->people.mark[i] < b->people.mark[i]);
	return order;
}

static int compare_names(const void *left, const void *right)
{
	const struct name *a = left, *b = right;
	int order = compare_people(a, b);
	return order ? order : strcmp(a->term, b->term);
}

/* Names of one variable that hold the same people are related already, or do so by chance; but for options of which
 * several may be ticked: each is a variable of its own. */
static void find_first_names(struct twins *twins)
{
	if (twins->name_count)
		mem_sort(twins->names, twins->name_count, sizeof *twins->names, compare_names);
	const struct name *first = twins->names;
	for (size_t i = 0; i < twins->name_count; i++) {
		struct name *name = &twins->names[i];
		if (compare_people(first, name) != 0)
			first = name;
		name->first = strcmp(first->variable, name->variable) == 0 ? name : first;
	}
}

static int compare_by_term(const void *left, const void *right)
{
	const struct name *a = left, *b = right;
	int order = strcmp(a->dataset, b->dataset);
	return order ? order : strcmp(a->term, b->term);
}

static int compare_cells(const void *left, const void *right)
{
	const struct named_cell *a = left, *b = right;
	int order = strcmp(a->dataset, b->dataset);
	for (size_t i = 0; i < LATTICE_AXES && order == 0; i++)
		order = compare_texts(a->terms[i], b->terms[i]);
	return order;
}

/* --- saying so --- */

static const char *first_term(const struct name *names, size_t count, const char *dataset, const char *term)
{
	struct name key = { .dataset = dataset, .term = term };
	const struct name *name = term && count ? bsearch(&key, names, count, sizeof *names, compare_by_term) : NULL;
	return name ? name->first->term : term;
}

static void relate_cell(const struct twins *twins, const struct name *by_term, const struct named_cell *cell,
                        struct universe *universe)
{
	struct named_cell same = { .dataset = cell->dataset };
	for (size_t i = 0; i < LATTICE_AXES; i++)
		add_term(same.terms, first_term(by_term, twins->name_count, cell->dataset, cell->terms[i]));
	if (compare_cells(&same, cell) == 0)
		return;
	const struct named_cell *found =
		bsearch(&same, twins->cells, twins->cell_count, sizeof *twins->cells, compare_cells);
	if (found)
		universe_relation(universe, RELATION_SUM, found->cell, &cell->cell, 1);
}

void twins_relate(struct twins *twins, struct universe *universe)
{
	find_first_names(twins);
	/* sorted anew by term, so that a term is found; `first` points into the order of the people, which stays */
	struct name *by_term = mem_alloc(twins->name_count, sizeof *by_term);
	if (twins->name_count) {
		memcpy(by_term, twins->names, twins->name_count * sizeof *by_term);
		mem_sort(by_term, twins->name_count, sizeof *by_term, compare_by_term);
		mem_sort(twins->cells, twins->cell_count, sizeof *twins->cells, compare_cells);
	}
	for (size_t i = 0; i < twins->cell_count; i++)
		relate_cell(twins, by_term, &twins->cells[i], universe);
	free(by_term);
}
