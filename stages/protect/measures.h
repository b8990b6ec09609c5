/* The sums of the study decided at once, after its cells: a sum is not printed where its cell is hidden, where a
 * magnitude rule says so, or where others could be worked out from it. What is not printed of a sum are all lines that
 * rest on it; the count of its cell stays. */
#ifndef CANVASS_PROTECT_MEASURES_H
#define CANVASS_PROTECT_MEASURES_H

#include "classify.h"
#include "error.h"
#include "store.h"
#include "study.h"
#include "universe.h"

#include <stdbool.h>

enum measure_rule {
	MEASURE_SAFE,
	MEASURE_WITH_CELL,    /* its cell is hidden, or every line that asks for it */
	MEASURE_CONTRIBUTORS, /* too few whom it is of */
	MEASURE_P_PERCENT,
	MEASURE_DOMINANCE,
	MEASURE_SECONDARY,   /* to protect others */
	MEASURE_UNPUBLISHED, /* nobody asks for it */
};

struct measure_decision {
	bool published; /* some line of results rests on it */
	bool hidden;
	enum measure_rule rule;
	bool unsafe;         /* by a magnitude rule: the audit demands that what a reader can work out of it reaches */
	double above, below; /* so far above and below it */
	bool review;         /* contributions may be negative: a person looks at it */
	double cost;
};

/* One decision for each measure of the universe; free with free(). `cells` are the decisions about its cells. An
 * ERROR_REFUSED where a sum can be worked out whatever is not printed. */
bool measures_decide(struct measure_decision **decisions, const struct universe *universe,
                     const struct cell_decision *cells, const struct study_disclosure *policy, struct error *err);

/* Into the table measure_decision of schema/protected.sql. */
bool measures_store(const struct measure_decision *decisions, const struct universe *universe, struct store *store,
                    struct error *err);

#endif
