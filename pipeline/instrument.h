/* data-dictionary/instruments/NAME.yaml: the items of a scale, and how its scores are made of them. docs/instruments.md
 * has every key. */
#ifndef CANVASS_INSTRUMENT_H
#define CANVASS_INSTRUMENT_H

#include "error.h"

#include <stdbool.h>

enum score_method {
	SCORE_SUM,     /* of items */
	SCORE_MEAN,    /* of items */
	SCORE_ITEM,    /* one item as it is */
	SCORE_COUNT,   /* how many items are at or above at_least */
	SCORE_TOTAL,   /* the sum of other scores */
	SCORE_CONVERT, /* another score by a table */
	SCORE_BANDS,   /* which band another score is in */
	SCORE_METHOD_COUNT,
};

struct conversion {
	double from, to;
};

/* A band holds the values from least to most, both included. */
struct band {
	char *code, *label;
	double least, most;
};

struct score {
	char *variable, *label, *level, *unit, *polarity, *domain, *note;
	enum score_method method;
	char **items; /* sum, mean, item, count: what it is made of; none: all of the instrument */
	unsigned items_count;
	char **scores; /* total: earlier scores */
	unsigned scores_count;
	char *of;           /* convert, bands: an earlier score */
	int prorate;        /* sum, mean: so many items may be missing, and count as the mean of the others; 0: none */
	bool round;         /* sum: what comes of prorating is rounded half up to a whole number */
	double at_least;    /* count */
	double least, most; /* the values that it can take, whether or not the file says them; 0 and 0 for bands */
	struct conversion *conversion;
	unsigned conversion_count;
	struct band *bands;
	unsigned bands_count;
	bool on_request; /* made only where the study's dataset names it */
	bool recalled;   /* its rule, bands or conversion are from memory, not yet confirmed by the source */
};

/* The range of items that have another than the instrument's. */
struct item_range {
	char **items;
	unsigned items_count;
	double least, most;
};

/* What is known of other people: a mean or median of a score, or the per cent of people in some of its bands. */
enum benchmark_what { BENCHMARK_MEAN, BENCHMARK_MEDIAN, BENCHMARK_PERCENT };
struct benchmark {
	char *score;
	enum benchmark_what what;
	char **codes; /* percent: of the score's bands */
	unsigned codes_count;
	char *population, *area; /* care leavers; England, or the code of a place */
	double value;
	double *lower, *upper; /* 95% limits; NULL: not given */
	double *sd;
	int n; /* 0: not given */
	char *year, *source;
	bool recalled;
};

/* A worked example: answers in the order of the items, and every score in the order of the scores; . is missing. */
struct example {
	char *what, *source;
	char **items;
	unsigned items_count;
	char **scores;
	unsigned scores_count;
};

struct instrument {
	char *instrument, *title, *source, *licence, *note;
	bool recalled; /* which items there are, are reversed or belong together is from memory */
	char **items;  /* their keys, in order */
	unsigned items_count;
	double least, most; /* range of every item that `ranges` does not name: ask instrument_range() */
	struct item_range *ranges;
	unsigned ranges_count;
	char **reverse; /* keys of the items that count least + most - answer */
	unsigned reverse_count;
	struct score *scores;
	unsigned scores_count;
	struct benchmark *benchmarks;
	unsigned benchmarks_count;
	struct example *examples;
	unsigned examples_count;
	struct scoring *scoring; /* see scoring.h; made by instrument_load */
};

/* The caller frees *instrument with instrument_free(). What the file says is checked whole, its examples too: names,
 * ranges, a conversion for every sum, a band for every value, and that the scores come out as the examples say. */
bool instrument_load(struct instrument **instrument, const char *path, struct error *err);
void instrument_free(struct instrument *instrument);

/* The range of an item, by its position from 0. */
void instrument_range(const struct instrument *instrument, unsigned item, double *least, double *most);
bool instrument_reverses(const struct instrument *instrument, unsigned item);

/* Whether a score is made of this item, directly or by way of other scores. Both by their position from 0. */
bool instrument_uses(const struct instrument *instrument, unsigned score, unsigned item);

/* Whether a score is a sum or mean of its items, so that they can be asked whether they go together. */
bool score_adds_items(const struct score *score);

/* One respondent's scores. `items` in the instrument's order, NaN where missing; `scores` gets one value a score: NaN
 * where it is missing; for bands the position of the band, from 1. An item outside its range is our mistake and
 * asserted. */
void instrument_score(const struct instrument *instrument, const double *items, double *scores);

#endif
