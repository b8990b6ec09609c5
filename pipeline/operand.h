/* What is given on a command line as DATASET=PATH: a file or folder, and the dataset that it is of. */
#ifndef CANVASS_OPERAND_H
#define CANVASS_OPERAND_H

#include "error.h"

#include <stdbool.h>

bool operand_has_dataset(const char *operand);

/* *dataset is for the caller to free, *path the operand's own tail. Where it is of another form, both are NULL and the
 * message shows an operand as it should be, which `written` ends: deidentified.db. */
bool operand_split(char **dataset, const char **path, const char *operand, const char *written, struct error *err);

#endif
