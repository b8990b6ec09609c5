/* An instrument's keys worked out once: which items and scores each of its scores is made of, by position. */
#ifndef CANVASS_SCORING_H
#define CANVASS_SCORING_H

#include "instrument.h"

#include <stddef.h>

struct scoring {
	double *least, *most; /* of each item */
	bool *reversed;       /* of each item */
	bool *uses;           /* [score * items + item] */
	unsigned *of;         /* of each score: the position of the one that it is `of`; its own where it is of none */
	bool *parts;          /* [score * scores + other]: other is part of the total */
};

enum { SCORING_NONE = -1 };

/* The position of a key among keys, SCORING_NONE where it is not there. NULL is never there. */
int scoring_find(char *const *keys, unsigned count, const char *key);
int scoring_find_score(const struct instrument *instrument, const char *variable, unsigned before);

/* Of an instrument whose items, ranges and reverse ones are known to exist. */
struct scoring *scoring_new(const struct instrument *instrument);
void scoring_free(struct scoring *scoring); /* accepts NULL */

/* Add a score whose items and scores are known to exist; scores in their order. */
void scoring_add(struct scoring *scoring, const struct instrument *instrument, unsigned score);

/* The value that a band or a conversion of this score looks up: a score of whole numbers is rounded half up to one,
 * which a prorated sum need not be. */
double scoring_looked_up(const struct score *score, double value);

/* The position of the band from 1; NaN where there is none. */
double scoring_band(const struct score *score, double value);

#endif
