/* What the ways of local suppression share. */
#ifndef CANVASS_STATISTICS_LOCAL_SUPPRESSION_PRIVATE_H
#define CANVASS_STATISTICS_LOCAL_SUPPRESSION_PRIVATE_H

#include "local_suppression.h"

/* A set of keys to blank, and what that costs. */
struct remedy {
	unsigned set;
	double cost;
};

struct suppression {
	const struct suppressing *task;
	int *codes;
	size_t count, width;
	const struct safety *demands;
	size_t demand_count;
	unsigned along[LOCAL_SUPPRESSION_KEYS]; /* with the key itself, and with what is blanked along with those */
	unsigned blankable;                     /* keys that may be blanked, with all that goes along */
	struct remedy *remedies;                /* sets that hold all that goes along, the cheapest first */
	size_t remedy_count;
	size_t *first, *records, person_count; /* records of person p: records[first[p]] to before records[first[p + 1]] */
	size_t *seen, stamp;                   /* by person or answer: the last count that met it */
	double **enough;                       /* by demand with a risk: F from which f people are no risk */
	double *f;                             /* demand x record: how many people agree */
};

/* A set with all that goes along. */
unsigned suppression_closure(const struct suppression *suppression, unsigned set);

/* The largest f for which `enough` says something: more people are no risk whatever they stand for. */
size_t suppression_risky(const struct safety *demand);

/* The records that fail, those with the fewest alike first. */
struct failing {
	size_t record;
	double f;
};
int suppression_compare_failing(const void *a, const void *b);

/* `before` and `after` as local_suppress has them. Return how many records fail in the end. */
size_t suppress_wildcards(struct suppression *suppression, size_t *before, size_t *after);
size_t suppress_values(struct suppression *suppression, size_t *before, size_t *after);

#endif
