#include "bands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct telling {
	struct cell_decision *decisions;
	const struct secondary_problem *problem;
	const struct universe *universe;
	const struct study_disclosure *policy;
	size_t *bases; /* by cell: the id of the one base that shares of it are of; 0: none, or several */
};

struct ends {
	long long least, most;
};

/* In counts of the base; least > most: no count of it is in the band. */
static struct ends ends_of(const struct study_disclosure *policy, unsigned band, long long base)
{
	static const double digits = 1e-9;
	const double *below = band ? policy->bands[band - 1].most : NULL, *most = policy->bands[band].most;
	return (struct ends){
		.least = below ? (long long)floor(*below / 100 * (double)base + digits) + 1 : 0,
		.most = most ? (long long)floor(*most / 100 * (double)base + digits) : base,
	};
}

/* Which counts are numerators of shares, and of what. */
static size_t *find_bases(const struct universe *universe)
{
	static const size_t several = (size_t)-1;
	size_t *bases = mem_alloc(universe->cell_count, sizeof *bases);
	for (size_t i = 0; i < universe->figure_count; i++) {
		const struct figure *figure = &universe->figures[i];
		if (!figure->numerator || !figure->denominator || figure->numerator_measure || figure->factor != 100)
			continue;
		size_t *base = &bases[figure->numerator - 1];
		*base = *base == 0 || *base == figure->denominator ? figure->denominator : several;
	}
	for (size_t i = 0; i < universe->cell_count; i++)
		bases[i] = bases[i] == several ? 0 : bases[i];
	return bases;
}

/* Whether any count of the base would have got a word, and none that tells too much. */
static bool suits(const struct telling *telling, size_t base)
{
	const struct study_disclosure *policy = telling->policy;
	const struct cell *cell = &telling->universe->cells[base];
	int own = telling->universe->units[cell->unit - 1].threshold, threshold = own ? own : policy->threshold;
	bool zeros_shown = policy->zeros == STUDY_ZEROS_SHOWN;
	for (unsigned band = 0; band < policy->bands_count; band++) {
		struct ends ends = ends_of(policy, band, cell->n);
		if (zeros_shown && ends.least == 0) /* 0 stands as itself */
			ends.least = 1;
		if (ends.least > ends.most)
			continue;
		if ((policy->reach && ends.most < threshold) || ends.most - ends.least < policy->min_width
		    || ends.most == ends.least)
			return false;
	}
	return true;
}

/* Marks the cells that are part of a group which some line asks for and which is hidden. Free with free(). */
static bool *find_in_hidden(const struct telling *telling)
{
	const struct universe *universe = telling->universe;
	bool *inside = mem_alloc(universe->cell_count, sizeof *inside);
	for (size_t r = 0; r < universe->relation_count; r++) {
		const struct relation *relation = &universe->relations[r];
		size_t parent = relation->parent - 1;
		for (size_t p = 0; p < relation->part_count; p++)
			if (telling->problem->cells[parent].hidden && telling->decisions[parent].published)
				inside[universe->parts[relation->first_part + p] - 1] = true;
	}
	return inside;
}

static bool is_sensitive(const struct study_disclosure *policy, const char *condition)
{
	for (unsigned i = 0; i < policy->sensitive_count; i++)
		if (cell_names_code(condition, policy->sensitive[i]))
			return true;
	return false;
}

static void tell(const struct telling *telling, size_t cell)
{
	const struct universe *universe = telling->universe;
	struct cell_decision *decision = &telling->decisions[cell];
	long long n = universe->cells[cell].n, base = universe->cells[telling->bases[cell] - 1].n;
	for (unsigned band = 0; band < telling->policy->bands_count; band++) {
		struct ends ends = ends_of(telling->policy, band, base);
		if (n < ends.least || n > ends.most)
			continue;
		decision->band = telling->policy->bands[band].name;
		decision->band_least = ends.least;
		decision->band_most = ends.most;
		return;
	}
}

static void tell_all(const struct telling *telling)
{
	const struct secondary_cell *cells = telling->problem->cells;
	bool *inside = find_in_hidden(telling);
	for (size_t i = 0; i < telling->universe->cell_count; i++) {
		size_t base = telling->bases[i];
		if (!cells[i].hidden || !telling->decisions[i].published || inside[i] || !base || cells[base - 1].hidden
		    || !telling->decisions[base - 1].published || !suits(telling, base - 1)
		    || (cells[base - 1].n < telling->policy->min_group
		        && is_sensitive(telling->policy, telling->universe->cells[i].condition)))
			continue;
		tell(telling, i);
	}
	free(inside);
}

/* --- whether all is still protected --- */

/* The pattern as it is, with what is told. What is hidden for others must have more than one value left. */
static struct secondary_problem told_problem(const struct telling *telling)
{
	struct secondary_problem told = *telling->problem;
	told.cells = mem_alloc(told.cell_count, sizeof *told.cells);
	for (size_t i = 0; i < told.cell_count; i++) {
		const struct cell_decision *decision = &telling->decisions[i];
		struct secondary_cell *cell = &told.cells[i];
		*cell = telling->problem->cells[i];
		cell->impossible = false;
		if (!cell->hidden) {
			cell->fixed = cell->fixed || (cell->shown_least == cell->n && cell->shown_most == cell->n);
			continue;
		}
		if (!cell->unsafe && decision->published) {
			cell->unsafe = true;
			cell->reach = cell->above = cell->below = 0;
			cell->width = 1;
		}
		if (!decision->band)
			continue;
		cell->least = decision->band_least > cell->least ? decision->band_least : cell->least;
		cell->most = decision->band_most < cell->most ? decision->band_most : cell->most;
	}
	return told;
}

static void forget(const struct telling *telling, size_t cell)
{
	telling->decisions[cell].band = NULL;
	telling->decisions[cell].band_least = telling->decisions[cell].band_most = -1;
}

/* Every word of a base that a word in `near` is of goes. Whether there was any. */
static bool forget_near(const struct telling *telling, const bool *near)
{
	bool *bases = mem_alloc(telling->universe->cell_count + 1, sizeof *bases), any = false;
	for (size_t i = 0; i < telling->universe->cell_count; i++)
		if (near[i] && telling->decisions[i].band)
			any = bases[telling->bases[i]] = true;
	for (size_t i = 0; i < telling->universe->cell_count; i++)
		if (telling->decisions[i].band && bases[telling->bases[i]])
			forget(telling, i);
	free(bases);
	return any;
}

/* Marks too what a relation ties to what is marked, through cells that are not fixed. Whether there was any. */
static bool spread(bool *near, const struct secondary_problem *told)
{
	bool any = false;
	for (size_t r = 0; r < told->relation_count; r++) {
		const struct secondary_relation *relation = &told->relations[r];
		bool touches = near[relation->parent];
		for (size_t p = 0; p < relation->part_count; p++)
			touches = touches || near[relation->parts[p]];
		for (size_t p = 0; touches && p <= relation->part_count; p++) {
			size_t cell = p < relation->part_count ? relation->parts[p] : relation->parent;
			if (near[cell] || told->cells[cell].fixed)
				continue;
			near[cell] = any = true;
		}
	}
	return any;
}

/* Whether all that must be is protected; marks what is not. */
static bool is_protected(bool *open, const struct telling *telling, struct secondary_problem *told)
{
	size_t impossible = 0;
	bool ok = secondary_protect(told, &impossible);
	if (!ok)
		open[impossible] = true;
	for (size_t i = 0; i < told->cell_count; i++) {
		/* nothing more is hidden for the sake of a word */
		open[i] = open[i] || told->cells[i].impossible
		          || told->cells[i].hidden != telling->problem->cells[i].hidden;
		ok = ok && !open[i];
	}
	return ok;
}

/* Take words back until all is protected: those of the base of what is not, or of what is nearest to it. */
static void take_back(const struct telling *telling)
{
	bool *near = mem_alloc(telling->universe->cell_count, sizeof *near), any = true;
	while (any) {
		struct secondary_problem told = told_problem(telling);
		memset(near, 0, telling->universe->cell_count * sizeof *near);
		any = !is_protected(near, telling, &told);
		while (any && !forget_near(telling, near))
			any = spread(near, &told);
		free(told.cells);
	}
	free(near);
}

void bands_tell(struct cell_decision *decisions, const struct secondary_problem *problem,
                const struct universe *universe, const struct study_disclosure *policy)
{
	if (policy->bands_count == 0)
		return;
	struct telling telling = { decisions, problem, universe, policy, find_bases(universe) };
	tell_all(&telling);
	take_back(&telling);
	free(telling.bases);
}
