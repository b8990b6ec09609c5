/* The people of two waves: who has a row in either, in which area, and what he or she answered at each. */
#ifndef CANVASS_COMPARE_MATCHED_H
#define CANVASS_COMPARE_MATCHED_H

#include <stdbool.h>
#include <stddef.h>

#include "dataset.h"
#include "sample.h"

enum { MATCHED_EARLIER, MATCHED_LATER, MATCHED_WAVES };

/* Arrays of one value a person. */
struct matched {
	size_t count;
	size_t *area; /* that of the earlier row, where it has one, else of the later; area_count: none */
	size_t *answer[MATCHED_WAVES]; /* a position of the outcome, as sample's; SIZE_MAX: no row in that wave */
	size_t *row[MATCHED_WAVES];    /* of the sample; SIZE_MAX: none in that wave */
	double *value[MATCHED_WAVES];  /* NaN: no row, no answer, or no number */
	bool area_missing;             /* of somebody */
	size_t linked;                 /* people with a row in both */
};

/* `sample` goes across the variable of the wave; `waves` are its positions there. In the order of each person's first
 * row in the dataset, so that two outcomes have the same people in the same places. False where somebody has two rows
 * in one wave. Release with matched_release(), also then. */
bool matched_read(struct matched *matched, const struct sample *sample, const size_t waves[MATCHED_WAVES],
                  size_t area_count);
void matched_release(struct matched *matched);

#endif
