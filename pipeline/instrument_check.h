/* What must be true of an instrument's file beyond its keys and types. */
#ifndef CANVASS_INSTRUMENT_CHECK_H
#define CANVASS_INSTRUMENT_CHECK_H

#include "config.h"
#include "error.h"
#include "instrument.h"

#include <stdbool.h>

/* Checks the whole file, fills in what it may leave out (the least and most of a score), and makes
 * instrument->scoring, which the caller frees even where the check fails. */
bool instrument_check(struct instrument *instrument, const struct config_marks *marks, struct error *err);

#endif
