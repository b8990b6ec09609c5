/* What no schema can say of an analysis in a study's config. */
#ifndef CANVASS_ANALYSIS_CHECK_H
#define CANVASS_ANALYSIS_CHECK_H

#include "config.h"
#include "study.h"

#include <stdbool.h>

/* Whether the analysis at this index asks for what its kind can give, of a dataset that is there; else an ERROR_CONFIG.
 * Sets the defaults that its kind calls for. */
bool analysis_check(struct study *study, unsigned index, const struct config_marks *marks, struct error *err);

#endif
