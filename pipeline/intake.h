/* What ingest takes from a dictionary besides headers.csv: plan puts it into the slice that reruns ingest, and ingest
 * into the record of what it was made from. A label or a range that changes leaves both as they are. */
#ifndef CANVASS_INTAKE_H
#define CANVASS_INTAKE_H

#include "dictionary.h"
#include "study.h"
#include "text.h"

#include <stdbool.h>

/* What intake_variables() adds, as it is named among the inputs. */
extern const char intake_variables_name[];

/* Of each variable what ingest asks of it, a line each. */
void intake_variables(struct text *lines, const struct dictionary *dictionary);

/* Whether ingest has to know codes (codes.csv and places.csv): of boxes, and of an area or a wave that the config
 * gives. */
bool intake_has_codes(const struct dictionary *dictionary, const struct study_dataset *dataset);

#endif
