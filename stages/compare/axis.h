/* One way of dividing respondents: by area, by the answers to a variable, by filters.
 *
 * Every respondent stands at one position ("atom"). A facet is a set of positions that has a place in the universe of
 * cells: everybody, an area, the rest of the areas, those who answered, a code, "not this code", each reason for a
 * missing answer. A relation says that a facet is the sum of others. lattice.h crosses axes. axis_options.h makes one
 * on which a respondent stands at several positions. */
#ifndef CANVASS_COMPARE_AXIS_H
#define CANVASS_COMPARE_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "dataset.h"
#include "sample.h"
#include "subgroups.h"

struct axis_facet {
	char *term; /* of the canonical condition; NULL: none, everybody */
	size_t *atoms;
	size_t atom_count;
	bool complement; /* what is left of another facet: "not this code", the rest of the areas */
	bool overlaps; /* its people may be those of another facet of the axis too, which says nothing of it: an option
	                */
	bool ticks;    /* it counts ticks and not people */
};

struct axis_relation {
	size_t parent;
	size_t *parts;
	size_t part_count;
	bool complement; /* it says what a complement is, and nothing else */
};

enum { AXIS_EVERYBODY = 0 }; /* the first facet of every axis */

enum axis_end { AXIS_LOWEST, AXIS_HIGHEST, AXIS_BETWEEN, AXIS_ENDS };

struct axis {
	const char *variable; /* terms stand in a condition in the order of their variables; "": before all others */
	size_t atom_count;
	struct axis_facet *facets;
	size_t facet_count, facet_capacity;
	struct axis_relation *relations;
	size_t relation_count, relation_capacity;
	unsigned long long *patterns;    /* of filters: by position, which of them are true there; NULL: other axes */
	unsigned long long read, *holds; /* of a variable: the filters that read it alone, and by position which of
	                                  * these are true there; 0 and NULL: none does */
	size_t *first; /* where each respondent's positions begin among all of them, and where the last's end; NULL:
	                * each has one */

	/* Facets by what they are. */
	size_t answered;    /* of a variable: those who answered */
	size_t missing;     /* of a variable: those who did not, and behind it each reason; 0: it is required */
	size_t asked;       /* of a variable: those who were asked; everybody, unless axis_asked told them apart */
	size_t unanswered;  /* of a variable: those who were asked and did not answer; 0: nobody is told apart */
	size_t first_code;  /* of a variable with codes, or the areas: their facets, in order */
	size_t first_rest;  /* of the areas: what is left of each, in order; 0: there is one area and nothing left of it
	                     */
	size_t first_group; /* of the areas: the groups of them, each before what is left of it; 0: none were added */
	size_t group;       /* codes that count together; 0: none asked for */
	size_t end[AXIS_ENDS]; /* of a score: at its ends, and between; 0: it has none */
	size_t complete;       /* of a score: those who have it and answered every item */
	size_t partial;        /* of a score: those who answered some items and have none; 0: there is nobody */
	size_t filter;         /* of filters: the one asked for; everybody where there is none */
};

/* Each area and the rest of the areas; those without an area are a facet only where there are any, because whoever
 * attacks must be taken to know when there are none. */
void axis_areas(struct axis *axis, const struct dataset *dataset, bool area_missing);

/* Each code of a variable, the areas too, and nothing that is left of others. `missing`: somebody has none of them. */
void axis_groups(struct axis *axis, const struct dataset_variable *variable, bool missing);

/* The answers to a variable, or only whether there is one where `codes` is false. `group` marks the codes that count
 * together as one answer; NULL: none. */
void axis_variable(struct axis *axis, const struct dataset_variable *variable, bool codes, const bool *group);

/* Tell apart, on an axis that axis_variable made, those who were asked and those whom the question was not for: not
 * asked by its route or by the export that they stand in, or not applicable. Nothing where the variable knows no such
 * reason. */
void axis_asked(struct axis *axis, const struct dataset_variable *variable);

/* The answers to a score of several items, cut where its reliability needs it: at its lowest and its highest value and
 * between (not of a score without both ends); those who have it and answered every item; and those who answered some
 * and have none. These two are facets of their own only where there are people on both sides of the cut: what is
 * everybody, or nobody, is no secret of anyone's. `people` says of whom there are any. */
struct axis_scored {
	bool complete, prorated; /* with a score: of every item, of fewer */
	bool partial, nothing;   /* without: some items, none */
};
void axis_score(struct axis *axis, const struct dataset_variable *score, struct axis_scored people);
size_t axis_scored_atom(enum axis_end end, bool prorated);
size_t axis_unscored_atom(size_t reason, bool partial); /* `reason`: which of the variable's */

/* Whether somebody of whom an answer is missing for this reason was not asked for it. */
bool axis_is_outside(const char *reason);

/* What people answered at two waves, whoever has a row in either. Facets of axis_waves, by number. The yes and no ones
 * are there where codes count together as yes. */
enum axis_wave_facet {
	WAVES_BOTH = 1, /* answered at both */
	WAVES_ONLY_EARLIER,
	WAVES_ONLY_LATER,
	WAVES_NEITHER,
	WAVES_EARLIER, /* answered at the earlier wave, whether or not at the later */
	WAVES_LATER,
	WAVES_PRESENCE, /* how many these are, with everybody */
	WAVES_YES_YES = WAVES_PRESENCE,
	WAVES_YES_NO,
	WAVES_NO_YES,
	WAVES_NO_NO,
	WAVES_BOTH_EARLIER_YES, /* of those who answered at both */
	WAVES_BOTH_EARLIER_NO,
	WAVES_BOTH_LATER_YES,
	WAVES_BOTH_LATER_NO,
	WAVES_ONLY_EARLIER_YES,
	WAVES_ONLY_EARLIER_NO,
	WAVES_ONLY_LATER_YES,
	WAVES_ONLY_LATER_NO,
	WAVES_EARLIER_YES,
	WAVES_EARLIER_NO,
	WAVES_LATER_YES,
	WAVES_LATER_NO,
	WAVES_FACETS,
};

/* How somebody stands at one wave: no answer, if not no row at all; an answer; one that counts as yes. */
enum axis_wave_state { WAVE_NONE, WAVE_ANSWERED, WAVE_YES, WAVE_STATES };

/* `yes` names the codes that count together, joined by |; NULL: answers are not divided. */
void axis_waves(struct axis *axis, const struct dataset_variable *variable, const char *yes);
size_t axis_waves_atom(enum axis_wave_state earlier, enum axis_wave_state later);

/* One position that everybody stands at, named in every condition. Takes `term`. */
void axis_all_are(struct axis *axis, char *term);

/* Only whether a variable is answered: those who did, and those who did not where that can be, for whatever reason. Of
 * the first two positions. */
void axis_answered(struct axis *axis, const struct dataset_variable *variable);

/* One position, one facet: nothing is divided. */
void axis_everybody(struct axis *axis);

/* All filters of the dataset's analyses at once: one position for each combination of them that there can be, so that
 * what one filter leaves between itself and another is a cell too. `own` is the index of the analysis' own filter, or
 * their count for none. `subgroups` NULL: no filters. *atoms says where each respondent stands; free with free(). */
void axis_filters(struct axis *axis, const struct subgroups *subgroups, size_t own, const struct sample *sample,
                  size_t **atoms);

/* Say on an axis of axis_variable, with codes, which filters are true where: those that read it alone. */
void axis_tell(struct axis *axis, const struct dataset_variable *variable, const struct subgroups *subgroups);

void axis_release(struct axis *axis); /* and zero it */

#endif
