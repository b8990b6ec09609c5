/* The largest contributions to a sum, which magnitude rules look at (disclosure.magnitude): of people, so that what
 * several rows of one person add up to is one contribution. */
#ifndef CANVASS_COMPARE_CONTRIBUTIONS_H
#define CANVASS_COMPARE_CONTRIBUTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"
#include "lattice.h"
#include "universe.h"

/* Of `count` rows those that stand at a position of which `in` says so, and whose value is a number. `person` says
 * of each row whose it is (NULL: each is somebody else's). The largest in size come first, with
 * their signs; NaN: there are no more. */
void contributions_largest(double largest[UNIVERSE_LARGEST], const double *values, const size_t *position,
                           const bool *in, const long long *person, size_t count);

/* Whether the policy has magnitude rules, and the measure's are not noted yet. */
bool contributions_wanted(const struct analysis *analysis, size_t measure);

/* Note them where they are wanted, of a measure that is the sum of the lattice's values at the point. */
void contributions_note(const struct analysis *analysis, size_t measure, const struct lattice *lattice,
                        struct lattice_point point, const long long *person);

#endif
