/* One variable that the study makes of others: a recode, an age band, a span of time, any of several. */
#ifndef CANVASS_DERIVE_RECODE_H
#define CANVASS_DERIVE_RECODE_H

#include "dictionary.h"
#include "error.h"
#include "expression.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

struct recode {
	const struct study_derived *config; /* borrowed, and so is all that it is compiled with */
	const char *path;                   /* of the config, for messages */
	struct expression *value;           /* NULL: it has codes */
	struct expression **when;           /* one a code; NULL: whatever is left */
	size_t *inputs;                     /* the columns that they read, ascending */
	size_t input_count;
};

/* Compile. Columns from `own` on are this variable and those below it, which it cannot read. The first columns are
 * those of the dictionary: what must not get past deidentify is refused (docs/together.md). Zero *recode first;
 * release it whatever comes out. */
bool recode_compile(struct recode *recode, const struct study_derived *config, const char *path,
                    struct expressions *expressions, const struct expression_column *columns, size_t own,
                    const struct dictionary *dictionary, struct error *err);
void recode_release(struct recode *recode);

/* The reasons that it may be missing for, one bit each, of those of its columns. */
unsigned recode_reasons(const struct recode *recode, const unsigned *reasons);

/* The answer of the row that the columns hold now: a number, or the position of a code from 1. */
struct recode_answer {
	enum missing_reason missing; /* MISSING_NONE: it has an answer */
	double number;
	size_t position;
};

/* `missing` says of each column why it has no value. False, an ERROR_CONFIG, where a value is no number, or an
 * expression cannot be computed. */
bool recode_row(struct recode_answer *answer, const struct recode *recode, const enum missing_reason *missing,
                struct error *err);

#endif
