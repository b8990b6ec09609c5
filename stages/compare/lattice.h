/* Axes crossed: every combination of their facets is a cell, every relation of an axis a relation of cells.
 *
 * Relations that follow from others are left out: one that is about no complement is not said again of complements, and
 * a combination of complements is defined along the first of its axes only. What is left is as much as all of them, for
 * anybody who solves them. */
#ifndef CANVASS_COMPARE_LATTICE_H
#define CANVASS_COMPARE_LATTICE_H

#include <stddef.h>

#include "axis.h"
#include "lattice_logic.h"
#include "universe.h"

struct lattice_tally {
	long long n;
	long double total; /* of the values */
	unsigned long long key; /* sum of the keys */
	unsigned long long
		mark[2]; /* sums of numbers that stand for the respondents: the same for the same people only */
};

struct lattice {
	const struct axis *axes[LATTICE_AXES]; /* borrowed */
	struct axis everybody;                 /* in the place of those that are not given */
	struct lattice_tally *tallies;         /* of every point */
	size_t row_count;                      /* of those whose values add up: */
	size_t *position;                      /* where each stands, all axes together; NULL: nothing adds up */
	double *values;
	size_t *cells;                         /* their ids; 0: nobody can be there */
	struct lattice_logic *logic;           /* what the axes say of each other; NULL: nothing */
};

/* Count, and add all cells and relations to the universe. `atoms` gives, for each axis, where each of the `count`
 * respondents stands, of one axis at most at several positions (axis->first); `values` adds up where it is not NaN, or
 * is NULL; so do `keys`, modulo UNIVERSE_KEYS, unless NULL. `dataset` begins every condition. Axes that are not needed are NULL, and so are their atoms. Free with
 * lattice_free(). */
struct lattice *lattice_new(const struct axis *const axes[LATTICE_AXES], const size_t *const atoms[LATTICE_AXES],
                            const double *values, const unsigned char *keys, size_t count,
                            struct universe *universe, size_t unit, const char *dataset);
void lattice_free(struct lattice *lattice); /* accepts NULL */

/* All points, by number. */
size_t lattice_point_count(const struct lattice *lattice);
struct lattice_point lattice_point_at(const struct lattice *lattice, size_t index);

/* Whether the point's condition is its cell's; else it has another point's cell, as the same people must be there, or
 * none, as nobody can be. */
bool lattice_is_named(const struct lattice *lattice, size_t index);

size_t lattice_cell(const struct lattice *lattice, struct lattice_point point);
struct lattice_tally lattice_tally(const struct lattice *lattice, struct lattice_point point);

/* Which positions of all axes together are of the point; free with free(). */
bool *lattice_positions(const struct lattice *lattice, struct lattice_point point);

#endif
