/* The weights that repeat the sample, as the variance of an estimate needs them. */
#ifndef CANVASS_DEIDENTIFY_REPLICATES_H
#define CANVASS_DEIDENTIFY_REPLICATES_H

#include "accepted.h"
#include "error.h"
#include "kept.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>

/* Nothing is done where kept has no replicates. */
struct replicates {
	const struct study_dataset *dataset;
	const struct kept *kept;
	struct store *to;
	sqlite3_stmt *weight;
};

/* The design and the dictionary are one of a mind about it: derive saw to that. As many scales as replicates. */
bool replicates_begin(struct replicates *replicates, const struct study_dataset *dataset, const struct kept *kept,
                      struct store *deidentified, struct error *err);

/* A respondent without one of the weights is an ERROR_INPUT. */
bool replicates_take(struct replicates *replicates, const struct dictionary *dictionary,
                     const struct accepted *accepted, long long respondent, struct error *err);

/* Their scales, and what they are, into the tables replicate and design. */
bool replicates_write(struct replicates *replicates, struct error *err);

void replicates_end(struct replicates *replicates); /* statements only; may be called again */

#endif
