/* What the config says of areas: the scope, groups of them, levels above them. study_load() calls it. */
#ifndef CANVASS_AREAS_CHECK_H
#define CANVASS_AREAS_CHECK_H

#include "config.h"
#include "study.h"

bool areas_check(const struct study_head *head, const struct config_marks *marks, struct error *err);

#endif
