/* What tells in texts who somebody is, and was not decided about: no release before it is. */
#ifndef CANVASS_RELEASE_TEXTS_H
#define CANVASS_RELEASE_TEXTS_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* `paths`: scanned.db of each dataset that has one. Refused where a sure finding of one of them is open. */
bool texts_check(char *const *paths, size_t count, struct error *err);

#endif
