/* How the respondents were drawn and weighted, as the variance of an estimate needs it. */
#ifndef CANVASS_DEIDENTIFY_DRAWING_H
#define CANVASS_DEIDENTIFY_DRAWING_H

#include "accepted.h"
#include "error.h"
#include "kept.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>

struct drawing;

/* derived.db is attached to `deidentified` as `derived`; everything is borrowed. `key` is the study's, or NULL. The
 * caller frees *drawing with drawing_free(). */
bool drawing_new(struct drawing **drawing, const struct study_dataset *dataset, const struct kept *kept,
                 const char *key, struct store *deidentified, struct error *err);
void drawing_free(struct drawing *drawing); /* accepts NULL */

/* Take the accepted row that the reader stands at. *weight is the respondent's: the one that derive gave it, or the one
 * that it came with; NaN: none. A row without a stratum, cluster, size of its cluster or replicate weight is an
 * ERROR_INPUT. */
bool drawing_take(struct drawing *drawing, const struct dictionary *dictionary, const struct accepted *accepted,
                  long long respondent, double *weight, struct error *err);

/* Write the tables design, drawn, stratum, cluster, margin and replicate, once all rows are taken. A cluster in two
 * strata or of two sizes, and a stratum or cluster with more in the sample than there are, are refused. */
bool drawing_write(struct drawing *drawing, struct error *err);

#endif
