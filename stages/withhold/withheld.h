/* What may be shown, as it will be printed, and nothing else.
 *
 * The structure stays whole: every cell, relation, line and table is named, so that a reader sees what is hidden and
 * the audit can attack it. Of the numbers only those stay that are printed, rounded. */
#ifndef CANVASS_WITHHOLD_WITHHELD_H
#define CANVASS_WITHHOLD_WITHHELD_H

#include "universe.h"
#include "error.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* How a count stands in the release: as it is, or rounded, perturbed, or as a band where it is hidden. */
struct withheld_count {
	long long printed;     /* what stands in its place; -1: itself */
	long long least, most; /* what everybody may know of it then; -1: nothing */
	char *band;            /* a word for the share where it is hidden; NULL: none */
};

/* What protect decided, in the order of the universe's cells and measures. */
struct withholding {
	bool *hidden;                  /* cells */
	bool *measures_hidden;         /* measures, besides those of hidden cells; NULL: none */
	struct withheld_count *counts; /* cells; NULL: as they are */
	size_t count;                  /* of counts */
	const struct study_disclosure *policy; /* NULL: counts are shown as they are */
};

/* Free what is in *withholding with withholding_free(). An ERROR_INPUT where protected.db does not speak of just these
 * cells with just these counts. */
bool withheld_read(struct withholding *withholding, const struct universe *compared, struct store *protected,
                   struct error *err);
void withholding_free(struct withholding *withholding); /* what is inside; accepts an empty one */

/* The universe with only what is shown. A measure is hidden with its cell; a line is hidden with any cell or measure
 * that it or one of its figures rests on. The caller frees it with universe_free(). */
struct universe *withheld_universe(const struct universe *compared, const struct withholding *withholding);

/* What readers are told of the policy, from protected.db into withheld.db. */
bool withheld_copy_policy(struct store *withheld, struct store *protected, struct error *err);

#endif
