/* How the respondents of a dataset were drawn and weighted (deidentified.db: design, drawn, stratum, margin). */
#ifndef CANVASS_COMPARE_DRAWING_H
#define CANVASS_COMPARE_DRAWING_H

#include <stdbool.h>

#include "dataset.h"
#include "error.h"

/* Fill the dataset's weighted, adjusted, adjusted_within, designed, weight, drawing and design. Release with
 * drawing_release(), also where this fails. */
bool drawing_read(struct dataset *dataset, struct error *err);
void drawing_release(struct dataset *dataset);

#endif
