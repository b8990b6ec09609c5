/* What no schema can say of the files of records that a study's config wants. */
#ifndef CANVASS_MICRODATA_CHECK_H
#define CANVASS_MICRODATA_CHECK_H

#include "config.h"
#include "study.h"

#include <stdbool.h>

/* Whether each entry fits itself and the study; else an ERROR_CONFIG. Sets what is not given. That its variables are
 * ones of the analysis table can only be told with that at hand. */
bool microdata_check(struct study *study, const struct config_marks *marks, struct error *err);

#endif
