/* Counts of nobody: those that everybody knows, and those that would tell something of each of a few. */
#ifndef CANVASS_PROTECT_ZEROS_H
#define CANVASS_PROTECT_ZEROS_H

#include "classify.h"

#include "universe.h"
#include "error.h"
#include "study.h"

#include <stdbool.h>

/* Whether the study's counts bear the policy's structural zeros out: an ERROR_REFUSED where somebody is in one, an
 * ERROR_CONFIG where one is of no cell. */
bool zeros_check(const struct universe *universe, const struct study_disclosure *policy, struct error *err);

/* By cell: whether everybody knows that it is nobody, by structural_zeros or because it follows. Free with free(). */
bool *zeros_structural(const struct universe *universe, const struct study_disclosure *policy);

/* Hide each zero among few: a part of a small group, or of another zero among few. Shown, it would say of each of the
 * few that they did not give this answer, or gave none. One that follows from a published zero of many says no more
 * than that does, and is shown. */
void zeros_hide_among_few(struct cell_decision *decisions, const struct universe *universe,
                          const struct study_disclosure *policy);

#endif
