/* The judge: what was demanded of each hidden cell and measure, against what the attacker found. It alone sees true
 * values. */
#ifndef CANVASS_AUDIT_JUDGE_H
#define CANVASS_AUDIT_JUDGE_H

#include "attacker.h"

#include "universe.h"
#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

enum judge_verdict {
	JUDGE_SAFE,
	JUDGE_RECOVERED,        /* one value is left */
	JUDGE_TOO_NARROW,       /* unsafe, and the interval is narrower than demanded */
	JUDGE_BELOW_REACH,      /* unsafe, and known to be small */
	JUDGE_BELOW_PROTECTION, /* unsafe, and an end of the interval is nearer to the truth than its protection level
	                         */
	JUDGE_INCONSISTENT,     /* the truth lies outside: the fault is ours */
	JUDGE_VERDICT_COUNT,
};

const char *judge_verdict_word(enum judge_verdict verdict);

/* What is demanded of one cell. */
struct judge_demand {
	double truth;   /* NaN: not known here */
	bool published; /* some figure asks for it */
	bool hidden;
	bool unsafe;
	long long reach;     /* unsafe: the upper end is at least this */
	long long width;     /* unsafe: and the interval at least so wide */
	double above, below; /* unsafe: and its ends lie at least so far from the truth */
};

/* A cell that is neither unsafe nor both hidden and asked for may be worked out by anybody. */
enum judge_verdict judge_cell(const struct judge_demand *demand, struct interval interval);

/* One line of evidence. Texts are borrowed. */
struct judged {
	const char *kind;    /* cell, measure, earlier, insider, change */
	const char *insider; /* the cell that the insider is in, who could work it out; NULL: anybody could */
	size_t number;
	const char *condition, *variable; /* variable NULL: a cell */
	struct interval interval;
	struct judge_demand demand;
	enum judge_verdict verdict;
	bool by_records; /* only whoever holds a public file of records finds that out */
};

struct judge {
	struct judged *lines;
	size_t count, capacity;
	size_t verdicts[JUDGE_VERDICT_COUNT];
	size_t hidden;                /* cells of this release that protect hides */
	size_t earlier;               /* cells of earlier releases */
	size_t insiders;              /* who attacked */
	size_t by_records;            /* lines that are not safe from whoever holds a public file of records alone */
	size_t told;                  /* lines about what they can work out */
	size_t undecided;             /* cells that could not be argued through by cases within the steps */
	struct judge_demand *demands; /* of the universe's cells, by id */
	struct judge_demand *sums;    /* of its measures, by id: no reach, no width */
};

struct judge *judge_new(void);
void judge_free(struct judge *judge);

/* Judge every cell and measure of a withheld universe by protect's decisions; those that nobody may know are argued
 * through by cases first, as far as that tells. `protected` must speak of the same cells.
 * The universe stays borrowed. */
bool judge_release(struct judge *judge, struct attacker *attacker, const struct universe *withheld,
                   struct store *protected, struct error *err);

/* Judge a withheld universe of which nobody here knows the truth, as of a release that was made elsewhere. A hidden
 * count that can be told to be below the threshold, or that may be and is told within less than `width`, is judged like
 * an unsafe one. The universe stays borrowed. */
void judge_unknown(struct judge *judge, const struct attacker *attacker, const struct universe *withheld, int threshold,
                   int width);

/* Judge a cell that an earlier release hid and this one does not have; `condition` stays borrowed. */
void judge_earlier(struct judge *judge, const struct attacker *attacker, const char *condition,
                   const struct judge_demand *demand);

/* Add a line of evidence; what it borrows stays borrowed. */
void judge_add(struct judge *judge, const struct judged *line);

/* Mark what is not safe here and is in the judgement of an attack without any file of records. */
void judge_blame_records(struct judge *judge, const struct judge *without);

/* Whether every verdict is safe. */
bool judge_passes(const struct judge *judge);

#endif
