/* What no schema can say of the words for hidden shares in a disclosure policy. */
#ifndef CANVASS_POLICY_BANDS_H
#define CANVASS_POLICY_BANDS_H

#include "config.h"
#include "study.h"

#include <stdbool.h>

/* Whether the bands follow each other, and their words cannot be taken for anything else; else an ERROR_CONFIG. */
bool policy_bands_check(const struct study_disclosure *policy, const struct config_marks *marks, struct error *err);

#endif
