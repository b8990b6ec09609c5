/* What the schema of a config cannot say: names, dates, paths that climb out, two things of one name, keys that go with
 * others only. For study.c. */
#ifndef CANVASS_STUDY_CHECK_H
#define CANVASS_STUDY_CHECK_H

#include "config.h"
#include "study.h"

#include <stdbool.h>

/* Also gives what is left out its default. An ERROR_CONFIG has the line and column of the key. */
bool study_check(struct study *study, const struct config_marks *marks, struct error *err);

/* Whether `name`, which stands at `place`, can be the name of a study, dataset, unit or analysis; else an ERROR_CONFIG.
 */
bool study_check_name(const struct config_marks *marks, struct error *err, const char *place, const char *name);

#endif
