/* Cells that the steward lets be shown although they are unsafe. Everything else stays under the policy. */
#ifndef CANVASS_PROTECT_EXCEPTIONS_H
#define CANVASS_PROTECT_EXCEPTIONS_H

#include "classify.h"

#include "universe.h"
#include "error.h"
#include "study.h"

#include <stdbool.h>

/* Whether each exception that is in force is of a cell; else an ERROR_CONFIG with the nearest. */
bool exceptions_check(const struct universe *universe, const struct study_disclosure *policy, struct error *err);

/* Let their cells be shown, and those that are the same people under another condition, under RULE_EXCEPTION. One that
 * is safe anyhow stays what it is. `structural`: by cell, zeros that everybody knows. */
void exceptions_apply(struct cell_decision *decisions, const struct universe *universe,
                      const struct study_disclosure *policy, const bool *structural);

/* How many exceptions are made. */
size_t exceptions_count(const struct cell_decision *decisions, const struct universe *universe,
                        const struct study_disclosure *policy);

/* Warn, by their numbers alone, of those that are not in force on the study's date, and of those that change nothing.
 */
void exceptions_warn(const struct cell_decision *decisions, const struct universe *universe,
                     const struct study_disclosure *policy);

#endif
