/* Whether the dictionary's roles of how a sample was drawn fit the design of the config. */
#ifndef CANVASS_DERIVE_ROLES_H
#define CANVASS_DERIVE_ROLES_H

#include "dictionary.h"
#include "error.h"
#include "study.h"

#include <stdbool.h>

/* Replicate weights and their design are there together, with a weight, and with nothing else that says how the sample
 * was drawn; sizes of clusters with clusters of a finite population. Else an ERROR_CONFIG in `config`. */
bool roles_check(const struct study_dataset *dataset, const struct dictionary *dictionary, const char *config,
                 struct error *err);

#endif
