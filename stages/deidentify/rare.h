/* Who stands out in the analysis table: respondents whose answers to what others may know nobody else gave, or one
 * other. */
#ifndef CANVASS_DEIDENTIFY_RARE_H
#define CANVASS_DEIDENTIFY_RARE_H

#include "error.h"
#include "store.h"

#include <stdbool.h>

/* Fill the tables rare and rare_respondent, once all else is written. */
bool rare_write(struct store *deidentified, struct error *err);

#endif
