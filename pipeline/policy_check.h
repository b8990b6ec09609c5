/* What no schema can say of the disclosure policy in a study's config. */
#ifndef CANVASS_POLICY_CHECK_H
#define CANVASS_POLICY_CHECK_H

#include "config.h"
#include "study.h"

#include <stdbool.h>

/* Whether the policy's keys fit each other and the study; else an ERROR_CONFIG. Sets what is not given. */
bool policy_check(struct study *study, const struct config_marks *marks, struct error *err);

#endif
