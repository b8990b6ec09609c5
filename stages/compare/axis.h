/* One way of dividing respondents: by area, by the answers to a variable, by filters.
 *
 * Every respondent stands at one position ("atom"). A facet is a set of positions that has a place in the universe of
 * cells: everybody, an area, the rest of the areas, those who answered, a code, "not this code", each reason for a
 * missing answer. A relation says that a facet is the sum of others. lattice.h crosses axes. */
#ifndef CANVASS_COMPARE_AXIS_H
#define CANVASS_COMPARE_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "dataset.h"
#include "sample.h"

struct axis_facet {
	char *term; /* of the canonical condition; NULL: everybody */
	size_t *atoms;
	size_t atom_count;
	bool complement; /* what is left of another facet: "not this code", the rest of the areas */
};

struct axis_relation {
	size_t parent;
	size_t *parts;
	size_t part_count;
	bool complement; /* it says what a complement is, and nothing else */
};

enum { AXIS_EVERYBODY = 0 }; /* the first facet of every axis */

struct axis {
	const char *variable; /* terms stand in a condition in the order of their variables; "": before all others */
	size_t atom_count;
	struct axis_facet *facets;
	size_t facet_count, facet_capacity;
	struct axis_relation *relations;
	size_t relation_count, relation_capacity;

	/* Facets by what they are. */
	size_t answered;   /* of a variable: those who answered */
	size_t first_code; /* of a variable with codes, or the areas: their facets, in order */
	size_t group;      /* codes that count together; 0: none asked for */
	size_t filter;     /* of filters: the one asked for; everybody where there is none */
};

/* Each area and the rest of the areas; those without an area are a facet only where there are any, because whoever
 * attacks must be taken to know when there are none. */
void axis_areas(struct axis *axis, const struct dataset *dataset, bool area_missing);

/* The answers to a variable, or only whether there is one where `codes` is false. `group` marks the codes that count
 * together as one answer; NULL: none. */
void axis_variable(struct axis *axis, const struct dataset_variable *variable, bool codes, const bool *group);

/* All filters that analyses of the same outcome use, at once: one position for each combination of them that somebody
 * has, so that what one filter leaves between itself and another is a cell too. `own` is the index of the analysis' own
 * filter, or `count` for none. *atoms says where each respondent stands; free with free(). */
void axis_filters(struct axis *axis, const char *const *filters, size_t count, size_t own, const struct sample *sample,
                  size_t **atoms);

void axis_release(struct axis *axis); /* and zero it */

#endif
