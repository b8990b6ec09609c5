/* What a release that was made elsewhere tells, as a universe of cells: what it shows is known, what it rounds is known
 * to lie near, what it hides is not known. */
#ifndef CANVASS_OUTSIDE_TOLD_H
#define CANVASS_OUTSIDE_TOLD_H

#include "universe.h"
#include "error.h"
#include "spec.h"

/* Read the tables from the folder, and add their cells, sums and lines to the universe. A column that is not there, a
 * count that is none, or a group that stands twice is an ERROR_INPUT. */
bool told_read(struct universe *universe, const struct spec *spec, const char *folder, struct error *err);

#endif
