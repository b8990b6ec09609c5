/* The first decision about each cell, by itself: is it small, does anybody ask for it, what would hiding it cost? */
#ifndef CANVASS_PROTECT_CLASSIFY_H
#define CANVASS_PROTECT_CLASSIFY_H

#include "universe.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

enum decision_rule {
	RULE_SAFE,
	RULE_THRESHOLD,        /* fewer than the threshold */
	RULE_ZERO,             /* nobody: where the policy hides zeros, or among fewer than the threshold */
	RULE_GROUP,            /* nobody, of a small group and a sensitive variable: or else all of it gave an answer */
	RULE_SECONDARY,        /* hidden to protect others */
	RULE_UNPUBLISHED,      /* nobody asks for it */
	RULE_NOT_CONFIDENTIAL, /* the unit is no secret */
	RULE_STRUCTURAL,       /* nobody, as everybody knows */
	RULE_EXCEPTION,        /* unsafe, and let be shown by the steward */
};

struct cell_decision {
	bool published; /* some figure or line of results asks for it */
	bool hidden;
	enum decision_rule rule;
	bool unsafe; /* whoever asks for it, it must be protected: */
	int reach, width;
	long long above,
		below; /* upper and lower protection levels: how far from it its interval's ends lie at least */
	int least; /* what everybody may know of it when it is hidden: a published zero would be shown, but among few */
	double cost;
	/* Until it is decided which cells are hidden beside the unsafe ones, of every cell: how it would be shown, and
	 * what would be told of it if it were hidden. Afterwards printed, known_least and known_most are of what it is.
	 */
	long long printed;                 /* shown: what stands in its place; -1: the count itself */
	long long known_least, known_most; /* what everybody may know of a count not shown as it is; -1: nothing */
	long long band_least, band_most;   /* hidden: the ends of the band; -1: none */
	const char *band;                  /* hidden: a word of the policy for its share; NULL: none */
};

/* One decision for each cell, in their order; free with free(). Every cell on which a line of results rests counts as
 * published, refused lines included: the reader sees that line, or sees that it is hidden. */
struct cell_decision *classify(const struct universe *universe, const struct study_disclosure *policy);

#endif
