/* data-dictionary/instruments/NAME.yaml: the items of a scale, its missing rule, and how its scores are made. */
#ifndef CANVASS_INSTRUMENT_H
#define CANVASS_INSTRUMENT_H

#include "error.h"

#include <stdbool.h>

enum score_method { SCORE_SUM, SCORE_MEAN, SCORE_CONVERT, SCORE_BANDS };

struct conversion {
	double from, to;
};

/* A band holds the values from least to most, both included. */
struct band {
	char *code, *label;
	double least, most;
};

struct score {
	char *variable, *label, *level, *unit, *polarity, *domain;
	enum score_method method;
	char *of;           /* convert, bands: an earlier score of the instrument */
	double least, most; /* the values that it can take; 0 and 0 for bands */
	struct conversion *conversion;
	unsigned conversion_count;
	struct band *bands;
	unsigned bands_count;
	bool recalled; /* bands or conversion from memory, not yet confirmed by the source */
};

enum missing_rule { MISSING_STRICT, MISSING_PRORATE };

struct instrument {
	char *instrument, *title, *source, *licence;
	char **items; /* their keys, in order */
	unsigned items_count;
	double least, most; /* range of every item */
	char **reverse;     /* keys of the items that count least + most - answer */
	unsigned reverse_count;
	enum missing_rule missing;
	int prorate; /* how many items may be missing; the sum is then that of the mean of those answered */
	struct score *scores;
	unsigned scores_count;
};

/* The caller frees *instrument with instrument_free(). Checks that names are known and each conversion and band fits.
 */
bool instrument_load(struct instrument **instrument, const char *path, struct error *err);
void instrument_free(struct instrument *instrument);

/* One respondent's scores. `items` in the instrument's order, NaN where missing; `scores` gets one value a score: NaN
 * where it is missing; for bands the position of the band, from 1. An item outside the range is our mistake and
 * asserted. */
void instrument_score(const struct instrument *instrument, const double *items, double *scores);

#endif
