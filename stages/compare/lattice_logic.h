/* What filters and answers say of each other, whatever the data: a filter that reads one answer alone is a sum of its
 * codes, so that nobody who gave another code is in it, and everybody who gave one of them is.
 *
 * Points of a lattice where nobody can be have no cell. Points where the same people must be are one group under two
 * names. Where only the filters differ, one name is enough; else both stand, for other tables have the one or the
 * other, and a relation says that they are equal. */
#ifndef CANVASS_COMPARE_LATTICE_LOGIC_H
#define CANVASS_COMPARE_LATTICE_LOGIC_H

#include <stdbool.h>

#include "axis.h"

enum { LATTICE_AXES = 7 };

struct lattice_point {
	size_t facet[LATTICE_AXES];
};

struct lattice_logic;

/* NULL where the axes say nothing of each other: then every point is possible, and alone. Free with
 * lattice_logic_free(). */
struct lattice_logic *lattice_logic_new(const struct axis *const axes[LATTICE_AXES]);
void lattice_logic_free(struct lattice_logic *logic); /* accepts NULL */

bool lattice_logic_is_possible(const struct lattice_logic *logic, struct lattice_point point);

/* The first point with the same people: of those that differ in the filters alone, where an answer is named; of all. */
struct lattice_point lattice_logic_named(const struct lattice_logic *logic, struct lattice_point point);
struct lattice_point lattice_logic_first(const struct lattice_logic *logic, struct lattice_point point);

#endif
