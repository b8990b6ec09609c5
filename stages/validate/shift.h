/* How the answers of one wave differ from those of the waves before: codes that are new (wave-code-new), answers that
 * are distributed otherwise (wave-shift), questions that others left out (wave-nonresponse).
 *
 * docs/findings.md says how it is judged. The accepted rows are read once, and not at all where there is one wave;
 * memory grows with waves, codes and distinct numbers, and not with rows. What is told speaks of groups only. */
#ifndef VALIDATE_SHIFT_H
#define VALIDATE_SHIFT_H

#include "error.h"
#include "review.h"

#include <stdbool.h>

/* After the review, whose judgements and amendments say which rows and answers count. */
bool shift_find(const struct review_tools *with, struct error *err);

#endif
